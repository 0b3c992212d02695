import { ConflictError } from '@backstage/errors';
import { escapeIdentifier, escapeLiteral, type Client } from 'pg';
import { z } from 'zod';
import type { PostgresAccess } from './PostgresAccess';
import { scramVerifier } from './scramVerifier';

const Mark = z.object({
  agentic: z.literal(1),
  service: z.string(),
  effect: z.string(),
});

/** Who made a database or a role; kept by the server itself, as a comment on it. */
export type ProvisioningMark = Omit<z.infer<typeof Mark>, 'agentic'>;

/** What the server has under a name. */
export interface ProvisionedState {
  readonly role: boolean;
  readonly database: boolean;
  /** Absent when the role was not made by the framework. */
  readonly roleMark?: ProvisioningMark;
  /** Absent when the database was not made by the framework. */
  readonly databaseMark?: ProvisioningMark;
}

function readMark(comment: string | null): ProvisioningMark | undefined {
  try {
    return Mark.parse(JSON.parse(comment ?? ''));
  } catch {
    return undefined;
  }
}

/** The statements that make, find and take back a service's database and role of the same name. */
export class DatabaseProvisioning {
  readonly #access: PostgresAccess;

  constructor(access: PostgresAccess) {
    this.#access = access;
  }

  async look(name: string): Promise<ProvisionedState> {
    return this.#access.withAdmin(client => this.#look(client, name));
  }

  /** Makes what is missing of role and database and sets the role's password. Repeating it changes nothing else. */
  async provision(
    name: string,
    password: string,
    mark: ProvisioningMark,
  ): Promise<void> {
    const identifier = escapeIdentifier(name);
    const comment = escapeLiteral(JSON.stringify({ agentic: 1, ...mark }));
    await this.#access.withAdmin(async client => {
      const before = await this.#look(client, name);
      const foreign =
        (before.role && before.roleMark?.service !== mark.service) ||
        (before.database &&
          before.databaseMark?.service !== mark.service &&
          // Made a moment ago by an execution that ended before it could leave its mark.
          !(before.roleMark && !before.databaseMark));
      if (foreign) {
        throw new ConflictError(
          `A role or database '${name}' exists that was not made for ${mark.service}; choose another name`,
        );
      }
      const verifier = escapeLiteral(scramVerifier(password));
      const attributes = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 50 PASSWORD ${verifier}`;
      if (before.role) {
        await client.query(`ALTER ROLE ${identifier} ${attributes}`);
      } else {
        await client.query('BEGIN');
        await client.query(`CREATE ROLE ${identifier} ${attributes}`);
        await client.query(`COMMENT ON ROLE ${identifier} IS ${comment}`);
        await client.query('COMMIT');
      }
      if (!before.database) {
        // An administrator who is no superuser may give a database away only to a role it belongs to.
        await client
          .query(`GRANT ${identifier} TO CURRENT_USER`)
          .catch(() => undefined);
        await client.query(
          `CREATE DATABASE ${identifier} OWNER ${identifier} TEMPLATE template0`,
        );
      }
      if (!before.databaseMark) {
        await client.query(`COMMENT ON DATABASE ${identifier} IS ${comment}`);
        await client.query(
          `REVOKE CONNECT, TEMPORARY ON DATABASE ${identifier} FROM PUBLIC`,
        );
      }
    });
  }

  /** Every database that carries the framework's mark. */
  async listMarked(): Promise<Array<{ name: string; mark: ProvisioningMark }>> {
    return this.#access.withAdmin(async client => {
      const { rows } = await client.query<{
        name: string;
        comment: string | null;
      }>(
        `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment
         FROM pg_database WHERE NOT datistemplate ORDER BY datname`,
      );
      return rows.flatMap(({ name, comment }) => {
        const mark = readMark(comment);
        return mark ? [{ name, mark }] : [];
      });
    });
  }

  /** The first table with rows in it, if any. */
  async tableWithRows(name: string): Promise<string | undefined> {
    return this.#access.withAdmin(async client => {
      const { rows } = await client.query<{ schema: string; table: string }>(
        `SELECT schemaname AS schema, tablename AS table FROM pg_catalog.pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
         ORDER BY 1, 2`,
      );
      for (const { schema, table } of rows) {
        const found = await client.query<{ filled: boolean }>(
          `SELECT EXISTS (SELECT 1 FROM ${escapeIdentifier(
            schema,
          )}.${escapeIdentifier(table)}) AS filled`,
        );
        if (found.rows[0].filled) {
          return `${schema}.${table}`;
        }
      }
      return undefined;
    }, name);
  }

  /** Removes role and database. The caller has made sure that nothing is lost. */
  async drop(name: string): Promise<void> {
    const identifier = escapeIdentifier(name);
    await this.#access.withAdmin(async client => {
      await client.query(`DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`);
      await client.query(`DROP ROLE IF EXISTS ${identifier}`);
    });
  }

  /** Renames database and role and takes the role's right to log in. Answers the new name. */
  async setAside(name: string): Promise<string> {
    const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const target = `${name.slice(0, 63 - 10 - time.length)}_archived_${time}`;
    const [from, to] = [escapeIdentifier(name), escapeIdentifier(target)];
    await this.#access.withAdmin(async client => {
      await client.query(`ALTER ROLE ${from} NOLOGIN`);
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
        [name],
      );
      await client.query(`ALTER DATABASE ${from} RENAME TO ${to}`);
      await client.query(`ALTER ROLE ${from} RENAME TO ${to}`);
    });
    return target;
  }

  async #look(client: Client, name: string): Promise<ProvisionedState> {
    const role = await client.query<{ comment: string | null }>(
      `SELECT shobj_description(oid, 'pg_authid') AS comment FROM pg_roles WHERE rolname = $1`,
      [name],
    );
    const database = await client.query<{ comment: string | null }>(
      `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
      [name],
    );
    return {
      role: role.rows.length > 0,
      database: database.rows.length > 0,
      roleMark: readMark(role.rows[0]?.comment ?? null),
      databaseMark: readMark(database.rows[0]?.comment ?? null),
    };
  }
}
