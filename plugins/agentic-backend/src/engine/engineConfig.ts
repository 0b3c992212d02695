import type { Config } from '@backstage/config';
import type { PoolConfig } from 'pg';

/** The settings below `agentic.engine`. */
export interface EngineConfig {
  /** Follows the plugin's database when absent. */
  readonly kind?: 'pglite' | 'postgres';
  readonly schema: string;
  /** The most connections of one process. */
  readonly maxConnections: number;
  /** Another way to the same server than the plugin's, around a pooler for example. */
  readonly connection?: PoolConfig;
}

/** Connections below which the engine does not work: two for control, two for runs. */
export const FEWEST_CONNECTIONS = 4;
const MAX_CONNECTIONS = 12;

/** Reads `agentic.engine`. Throws naming the key and the remedy. */
export function readEngineConfig(config: Config): EngineConfig {
  const kind = config.getOptionalString('agentic.engine.kind');
  if (kind !== undefined && kind !== 'pglite' && kind !== 'postgres') {
    throw new Error(
      `agentic.engine.kind is '${kind}'; give 'pglite' or 'postgres', or leave it out to follow the plugin's database`,
    );
  }
  const maxConnections =
    config.getOptionalNumber('agentic.engine.maxConnections') ??
    MAX_CONNECTIONS;
  if (
    !Number.isInteger(maxConnections) ||
    maxConnections < FEWEST_CONNECTIONS
  ) {
    throw new Error(
      `agentic.engine.maxConnections is ${maxConnections}; give a whole number from ${FEWEST_CONNECTIONS}`,
    );
  }
  const given = config.getOptional('agentic.engine.connection');
  return {
    kind,
    schema:
      config.getOptionalString('agentic.engine.schema') ?? 'agentic_engine',
    maxConnections,
    connection:
      typeof given === 'string'
        ? { connectionString: given }
        : (given as PoolConfig | undefined),
  };
}
