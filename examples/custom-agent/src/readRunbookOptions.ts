import type { Config } from '@backstage/config';
import path from 'node:path';

/** Where runbooks are kept, and whom they name. */
export interface RunbookOptions {
  readonly folder: string;
  readonly contact: string;
}

/** Reads `agentic.runbook`; `undefined` when it is not configured. */
export function readRunbookOptions(config: Config): RunbookOptions | undefined {
  const own = config.getOptionalConfig('agentic.runbook');
  return (
    own && {
      folder: path.resolve(own.getString('folder')),
      contact: own.getOptionalString('contact') ?? 'the owner',
    }
  );
}
