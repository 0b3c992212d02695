import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readLocalTargetOptions,
  type LocalTargetOptions,
} from '../disk/localTargetOptions';

/** Which PostgreSQL the local target uses. */
export interface LocalPostgresOptions extends LocalTargetOptions {
  /** Connection string of an administrator of a server that is there already. */
  readonly connection?: string;
  /** Where a port for the server of the local target is looked for. */
  readonly portRange: { readonly from: number; readonly to: number };
}

/** Options from `agentic.dataDir` and `agentic.local.postgres.*`. */
export function readLocalPostgresOptions(config: Config): LocalPostgresOptions {
  const connection = config.getOptionalString(
    'agentic.local.postgres.connection',
  );
  if (connection !== undefined && !/^postgres(ql)?:\/\//.test(connection)) {
    throw new InputError(
      "The configuration 'agentic.local.postgres.connection' is not a connection string; write postgres://user:password@host:5432/postgres, or leave it out to have a server started",
    );
  }
  const from =
    config.getOptionalNumber('agentic.local.postgres.portRange.from') ?? 24600;
  const to =
    config.getOptionalNumber('agentic.local.postgres.portRange.to') ??
    from + 99;
  return {
    ...readLocalTargetOptions(config),
    connection,
    portRange: { from, to },
  };
}
