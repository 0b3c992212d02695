import type { Config } from '@backstage/config';
import type { Knex } from 'knex';
import path from 'node:path';

/** The plugin's database as the configuration of the portal describes it. */
export interface PluginDatabase {
  readonly client: string;
  /** For people: where it is, without user and password. */
  readonly where: string;
  /** The file, for SQLite on disk. */
  readonly file?: string;
  /** The schema, where plugins share a database. */
  readonly schema?: string;
  /** How to connect, or why the doctor cannot. */
  readonly connect?: Knex.Config;
  readonly problem?: string;
}

const PLUGIN = 'agentic';

/** What the driver takes, and Backstage's `type` that says where a password comes from. */
type PostgresSettings = Knex.PgConnectionConfig & { readonly type?: string };

/** Finds the database of the plugin as Backstage does. Connects to nothing. */
export function pluginDatabase(config: Config, root: string): PluginDatabase {
  const base = config.getOptionalConfig('backend.database');
  const own = base?.getOptionalConfig(`plugin.${PLUGIN}`);
  const client =
    own?.getOptionalString('client') ?? base?.getOptionalString('client');
  if (!base || !client) {
    return {
      client: 'none',
      where: 'nowhere',
      problem: 'backend.database.client is not configured',
    };
  }
  if (/sqlite3$/.test(client)) return sqlite(client, base, own, root);
  if (client === 'pg') return postgres(base, own);
  return {
    client,
    where: client,
    problem: `The framework runs on SQLite and PostgreSQL, not on '${client}'`,
  };
}

function sqlite(
  client: string,
  base: Config,
  own: Config | undefined,
  root: string,
): PluginDatabase {
  const connection =
    own?.getOptional('connection') ?? base.getOptional('connection');
  if (connection === ':memory:') return { client, where: 'memory' };
  const settings = isRecord(connection) ? connection : {};
  const file =
    typeof connection === 'string'
      ? connection
      : settings.filename ??
        (settings.directory
          ? path.join(String(settings.directory), `${PLUGIN}.sqlite`)
          : ':memory:');
  if (file === ':memory:') return { client, where: 'memory' };
  const absolute = path.resolve(root, String(file));
  return {
    client,
    where: absolute,
    file: absolute,
    connect: {
      client,
      connection: { filename: absolute },
      useNullAsDefault: true,
    },
  };
}

function postgres(base: Config, own: Config | undefined): PluginDatabase {
  const shared = settingsOf(base.getOptional('connection'));
  const ours = settingsOf(own?.getOptional('connection'));
  const bySchema =
    (base.getOptionalString('pluginDivisionMode') ?? 'database') === 'schema';
  const prefix = base.getOptionalString('prefix') ?? 'backstage_plugin_';
  const connection: PostgresSettings = {
    ...shared,
    ...ours,
    connectionTimeoutMillis: 5000,
    database:
      ours.database ?? (bySchema ? shared.database : `${prefix}${PLUGIN}`),
  };
  const schema = bySchema ? PLUGIN : undefined;
  const at = `${connection.host ?? 'localhost'}:${connection.port ?? 5432}`;
  const where = `PostgreSQL at ${at}, database '${
    connection.database ?? 'of the user'
  }'${schema ? `, schema '${schema}'` : ''}`;
  if (connection.type !== undefined && connection.type !== 'default') {
    return {
      client: 'pg',
      where,
      schema,
      problem: `Its password comes from '${connection.type}', which the doctor cannot ask; give it backend.database.connection with a password of its own in another --config to look at it`,
    };
  }
  return {
    client: 'pg',
    where,
    schema,
    connect: {
      client: 'pg',
      connection,
      ...(schema && { searchPath: [schema] }),
      pool: { min: 0, max: 2 },
      acquireConnectionTimeout: 8000,
    },
  };
}

/** The settings of a connection, also when they are written as one string. */
function settingsOf(connection: unknown): PostgresSettings {
  if (isRecord(connection) && typeof connection.connectionString === 'string') {
    return { ...connection, ...settingsOf(connection.connectionString) };
  }
  if (isRecord(connection)) return connection as PostgresSettings;
  if (typeof connection !== 'string' || !URL.canParse(connection)) return {};
  const url = new URL(connection);
  const mode = url.searchParams.get('sslmode');
  return {
    host: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(url.pathname.length > 1 && { database: url.pathname.slice(1) }),
    ...(mode && mode !== 'disable' && { ssl: { rejectUnauthorized: false } }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
