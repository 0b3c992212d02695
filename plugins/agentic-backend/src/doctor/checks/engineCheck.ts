import { existsSync } from 'node:fs';
import path from 'node:path';
import { readEngineConfig } from '../../engine/engineConfig';
import type { Check } from '../Check';
import { broken, fine, skipped, warning, type Finding } from '../Finding';
import { lookInto } from '../lookInto';
import { pluginDatabase } from '../pluginDatabase';

const CHECKED = 'The engine has a place for its data';

/** What the server says of itself. */
interface EngineFacts {
  readonly exists: boolean;
  readonly may_create: boolean;
  readonly most: number;
  readonly used: number;
}

/** Looks whether the engine can keep its runs: in a folder, or in a schema of PostgreSQL. */
export const engineCheck: Check = {
  id: 'engine',
  title: 'Engine',
  look: async ({ config, root }) => {
    const engine = readEngineConfig(config);
    const database = pluginDatabase(config, root);
    const kind =
      engine.kind ?? (database.client === 'pg' ? 'postgres' : 'pglite');
    if (kind === 'pglite') {
      const folder = path.resolve(
        root,
        config.getOptionalString('agentic.dataDir') ?? '.agentic',
        'engine',
      );
      return [
        fine(
          'engine.data',
          CHECKED,
          existsSync(folder)
            ? `${folder}, for one process at a time`
            : `${folder} is made at the first start`,
        ),
      ];
    }
    if (!database.connect || database.client !== 'pg') {
      return [
        skipped('engine.data', CHECKED, 'The database cannot be looked at'),
      ];
    }
    try {
      const facts = await lookInto(database.connect, async knex => {
        const answer: { rows: EngineFacts[] } = await knex.raw(
          `select to_regnamespace(?) is not null as exists,
                  has_database_privilege(current_database(), 'CREATE') as may_create,
                  current_setting('max_connections')::int as most,
                  (select count(*)::int from pg_stat_activity) as used`,
          [engine.schema],
        );
        return answer.rows[0];
      });
      return [
        schemaFinding(engine.schema, facts),
        connectionFinding(engine.maxConnections, facts),
      ];
    } catch {
      return [
        skipped('engine.data', CHECKED, 'The database cannot be looked at'),
      ];
    }
  },
};

function schemaFinding(
  schema: string,
  { exists, may_create: may }: EngineFacts,
): Finding {
  return exists || may
    ? fine(
        'engine.data',
        CHECKED,
        exists
          ? `The schema '${schema}' is there`
          : `The schema '${schema}' is made at the first start`,
      )
    : broken(
        'engine.data',
        CHECKED,
        `There is no schema '${schema}', and the user may not create one`,
        `Have an administrator run: create schema ${schema} authorization <the user of the portal>`,
      );
}

function connectionFinding(
  wanted: number,
  { most, used }: EngineFacts,
): Finding {
  const checked = 'The server has connections for the engine';
  const left = most - used;
  return left >= wanted
    ? fine(
        'engine.connections',
        checked,
        `${left} of ${most} are free, it takes up to ${wanted}`,
      )
    : warning(
        'engine.connections',
        checked,
        `${left} of ${most} are free, and each process takes up to ${wanted}`,
        'Lower agentic.engine.maxConnections (at least 4), or raise max_connections of the server',
      );
}
