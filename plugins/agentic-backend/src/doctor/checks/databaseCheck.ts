import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { existsSync, readdirSync } from 'node:fs';
import type { Check } from '../Check';
import { broken, fine, skipped, warning, type Finding } from '../Finding';
import { lookInto } from '../lookInto';
import { pluginDatabase, type PluginDatabase } from '../pluginDatabase';

const REACH = 'The database of the plugin answers';
const SCHEMA = 'The schema fits this version';
/** Clocks that differ by more make leases, expiries and times in histories wrong. */
const SKEW_SECONDS = 5;

/** Reaches the plugin's database as the portal does, and looks at its schema, rights, clock and what is stuck in it. */
export const databaseCheck: Check = {
  id: 'database',
  title: 'Database',
  look: async ({ config, root }) => {
    const database = pluginDatabase(config, root);
    const { where, file, problem } = database;
    if (problem) {
      return [
        database.client === 'pg'
          ? skipped('database.reach', REACH, problem)
          : broken(
              'database.reach',
              REACH,
              problem,
              'Configure backend.database with client better-sqlite3 or pg',
            ),
      ];
    }
    if (!database.connect) {
      return [
        warning(
          'database.reach',
          REACH,
          'The database is kept in memory: everything is lost at each restart',
          'Give backend.database.connection a directory, or use PostgreSQL',
        ),
      ];
    }
    if (file && !existsSync(file)) {
      return [
        fine('database.reach', REACH, `${where} is made at the first start`),
      ];
    }
    try {
      return await lookInto(database.connect, knex => lookAt(knex, database));
    } catch (error) {
      return [unreachable(database, error)];
    }
  },
};

async function lookAt(
  knex: Knex,
  database: PluginDatabase,
): Promise<Finding[]> {
  const began = Date.now();
  await knex.raw('select 1');
  const reached = fine(
    'database.reach',
    REACH,
    `${database.where} answers after ${Date.now() - began} ms`,
  );
  const onServer =
    database.client === 'pg'
      ? [await rightsOf(knex, database), await clockOf(knex)]
      : [];
  const schema = await schemaOf(knex);
  const isThere = schema.every(({ level }) => level === 'ok');
  return [
    reached,
    ...onServer,
    ...schema,
    ...(isThere ? await stuckIn(knex) : []),
  ];
}

function unreachable(
  { where, client }: PluginDatabase,
  error: unknown,
): Finding {
  const { code = '', message } = error as { code?: string; message: string };
  const remedies: Readonly<Record<string, string>> = {
    ECONNREFUSED:
      'Start the server, or correct host and port in backend.database.connection',
    ENOTFOUND: 'Correct the host in backend.database.connection',
    ETIMEDOUT: 'See whether a firewall lies between the portal and the server',
    '28P01': 'Correct user and password in backend.database.connection',
    '28000':
      'Let this user connect (pg_hba.conf), or use TLS where the server wants it',
    '3D000':
      'Start the portal with a user that may create databases, create the database yourself, or set backend.database.pluginDivisionMode to schema',
    '53300':
      'The server has no connection left: lower backend.database.knexConfig.pool.max and agentic.engine.maxConnections, or raise max_connections',
    SQLITE_NOTADB: 'The file is no SQLite database: restore it from a backup',
    SQLITE_CORRUPT: 'The file is damaged: restore it from a backup',
    SQLITE_CANTOPEN:
      'Let the user of the portal read and write the file and its folder',
  };
  return broken(
    'database.reach',
    REACH,
    `${where} does not answer: ${message}`,
    remedies[code] ??
      (client === 'pg'
        ? 'Check backend.database.connection, and whether the server runs'
        : 'Check backend.database.connection, and the rights of the file'),
  );
}

async function rightsOf(
  knex: Knex,
  { schema = 'public' }: PluginDatabase,
): Promise<Finding> {
  const { rows } = await knex.raw(
    `select current_user as name,
            to_regnamespace(?) is not null as exists,
            case when to_regnamespace(?) is null
              then has_database_privilege(current_database(), 'CREATE')
              else has_schema_privilege(?, 'CREATE') end as may_create`,
    [schema, schema, schema],
  );
  const { name, may_create: may, exists } = rows[0];
  const checked = 'The user may make and change tables';
  return may
    ? fine('database.rights', checked, `'${name}' may`)
    : broken(
        'database.rights',
        checked,
        `'${name}' may not create ${
          exists ? `tables in` : ''
        } the schema '${schema}', so migrations fail`,
        exists
          ? `grant usage, create on schema ${schema} to "${name}"`
          : `create schema ${schema} authorization "${name}"`,
      );
}

async function clockOf(knex: Knex): Promise<Finding> {
  const before = Date.now();
  const { rows } = await knex.raw(
    'select extract(epoch from clock_timestamp())::float8 as now',
  );
  const here = (before + Date.now()) / 2000;
  const skew = Math.abs(Number(rows[0].now) - here);
  const checked = 'The clocks of this machine and of the database agree';
  return skew <= SKEW_SECONDS
    ? fine('database.clock', checked, `They differ by ${skew.toFixed(1)} s`)
    : broken(
        'database.clock',
        checked,
        `They differ by ${skew.toFixed(0)} s: leases and expiries are wrong`,
        'Have both machines follow a time server (NTP)',
      );
}

async function schemaOf(knex: Knex): Promise<Finding[]> {
  const known = readdirSync(
    resolvePackagePath(
      '@agentic-backstage/plugin-agentic-backend',
      'migrations',
    ),
  ).filter(name => name.endsWith('.js'));
  if (!(await knex.schema.hasTable('knex_migrations'))) {
    return [
      warning(
        'database.schema',
        SCHEMA,
        'There is no table yet',
        'Start the portal: it makes them, unless backend.database.skipMigrations is set',
      ),
    ];
  }
  const done: string[] = await knex('knex_migrations').pluck('name');
  const missing = known.filter(name => !done.includes(name));
  const newer = done.filter(name => !known.includes(name));
  const locked = await knex('knex_migrations_lock')
    .where('is_locked', 1)
    .first();
  return [
    ...(locked
      ? [
          warning(
            'database.migrationLock',
            'No migration was broken off',
            'The lock of the migrations is held: one is under way, or a process was killed in one',
            'Wait for a start that is under way; the next start takes a lock away that nobody holds after 15 s',
          ),
        ]
      : []),
    ...(missing.length > 0
      ? [
          warning(
            'database.schema',
            SCHEMA,
            `${missing.length} of ${known.length} migrations are missing, the first is ${missing[0]}`,
            'Start the portal: it runs them, unless backend.database.skipMigrations is set; back up first',
          ),
        ]
      : []),
    ...(newer.length > 0
      ? [
          warning(
            'database.schema',
            SCHEMA,
            `A newer version has been here: it ran ${newer.join(', ')}`,
            'Install that version again; docs/data.md says how to go back to this one',
          ),
        ]
      : []),
    ...(missing.length + newer.length === 0
      ? [
          fine(
            'database.schema',
            SCHEMA,
            `All ${known.length} migrations have run`,
          ),
        ]
      : []),
  ];
}

async function stuckIn(knex: Knex): Promise<Finding[]> {
  const count = async (query: Knex.QueryBuilder): Promise<number> => {
    const [{ n }] = await query.count({ n: '*' });
    return Number(n);
  };
  const dead = await count(knex('outbox').where('status', 'dead'));
  const stops = await count(knex('kill_switches').whereNull('released_at'));
  const late = await count(
    knex('outbox')
      .where('status', 'pending')
      .andWhere(
        'created_at',
        '<',
        new Date(Date.now() - 600_000).toISOString(),
      ),
  );
  return [
    dead === 0
      ? fine(
          'database.outbox',
          'Events and notifications are delivered',
          'None was given up',
        )
      : warning(
          'database.outbox',
          'Events and notifications are delivered',
          `${dead} were given up after three failures`,
          'Read why in the column error of the table outbox, and put right who subscribes',
        ),
    ...(late > 0
      ? [
          warning(
            'database.outboxLag',
            'Events and notifications are delivered soon',
            `${late} have waited for more than ten minutes`,
            'Start the portal, or see in its health which dependency is away',
          ),
        ]
      : []),
    stops === 0
      ? fine('database.stops', 'Agents are not stopped', 'None is')
      : warning(
          'database.stops',
          'Agents are not stopped',
          `${stops} stops hold: work of these agents waits`,
          'See GET /kill-switch or the Agents page; somebody with an approver role releases them',
        ),
  ];
}
