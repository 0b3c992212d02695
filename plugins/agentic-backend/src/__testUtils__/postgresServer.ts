import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own on the test server, with a role of its own that owns nothing else. */
export interface TestPostgres {
  readonly database: string;
  readonly role: string;
  readonly password: string;
  /** As `backend.database.connection` has it, for the role. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  /** The same as a URL. */
  readonly url: string;
  /** Runs statements in the database as the server's administrator. */
  admin(sql: string): Promise<Array<Record<string, unknown>>>;
  drop(): Promise<void>;
}

/** Makes a database with a role that may connect to it and nothing more, on the server of the URL. */
export async function createTestPostgres(
  server: string,
): Promise<TestPostgres> {
  const name = `agentic_is_${randomBytes(5).toString('hex')}`;
  const password = randomBytes(8).toString('hex');
  const run = async (database: string | undefined, sql: string) => {
    const target = new URL(server);
    if (database) target.pathname = `/${database}`;
    const client = new Client({ connectionString: target.href });
    await client.connect();
    try {
      const { rows } = await client.query(sql);
      return rows ?? [];
    } finally {
      await client.end();
    }
  };
  await run(undefined, `create role ${name} login password '${password}'`);
  await run(undefined, `create database ${name}`);
  await run(name, 'revoke create on schema public from public');
  const { hostname, port } = new URL(server);
  const own = new URL(server);
  own.username = name;
  own.password = password;
  own.pathname = `/${name}`;
  return {
    database: name,
    role: name,
    password,
    connection: {
      host: hostname,
      port: Number(port || 5432),
      user: name,
      password,
      database: name,
    },
    url: own.href,
    admin: sql => run(name, sql),
    async drop() {
      await run(undefined, `drop database if exists ${name} with (force)`);
      await run(undefined, `drop role if exists ${name}`);
    },
  };
}
