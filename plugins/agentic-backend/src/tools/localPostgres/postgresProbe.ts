import type { RuntimeProbe } from '@agentic-backstage/plugin-agentic-node';
import type { LocalPostgresOptions } from './localPostgresOptions';
import { ExternalPostgres } from './PostgresAccess';
import { findPostgresPackage } from './postgresBinaries';

/** Tells the planner whether services can have a PostgreSQL database here. */
export function createPostgresProbe(
  options: LocalPostgresOptions,
): RuntimeProbe {
  return {
    id: 'postgresql',
    async probe() {
      try {
        if (options.connection) {
          const version = await new ExternalPostgres(
            options.connection,
          ).withAdmin(async client => {
            const shown = await client.query<{ server_version: string }>(
              'show server_version',
            );
            return shown.rows[0].server_version;
          });
          return [{ id: 'postgresql', available: true, detail: version }];
        }
        const { version } = await findPostgresPackage();
        return [{ id: 'postgresql', available: true, detail: version }];
      } catch (error) {
        return [
          {
            id: 'postgresql',
            available: false,
            detail: (error as Error).message,
          },
        ];
      }
    },
  };
}
