import createKnex, { type Knex } from 'knex';
import { AsyncLocalStorage } from 'node:async_hooks';

/** One process of the portal. A dead one can neither write nor call anything, whatever is left of its code. */
export class ModelProcess {
  #dead = false;
  #statementsLeft = Infinity;

  get dead(): boolean {
    return this.#dead;
  }

  /** It dies in the place of its n-th statement from now. */
  dieAfter(statements: number): void {
    this.#statementsLeft = statements;
  }

  /** It dies here. */
  die(): never {
    this.#dead = true;
    throw new Error('The process is dead');
  }

  /** Counts one step; throws when the process is dead or dies of it. */
  step(): void {
    if (!this.#dead) {
      this.#statementsLeft -= 1;
    }
    if (this.#dead || this.#statementsLeft < 1) {
      this.die();
    }
  }
}

const running = new AsyncLocalStorage<ModelProcess>();

/** Runs code as a process, with all it starts; answers undefined when the process died of it. */
export async function inProcess<T>(
  process: ModelProcess,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await running.run(process, work);
  } catch (error) {
    if (process.dead) return undefined;
    throw error;
  }
}

/** What knex asks its client. */
interface Query {
  sql: string;
  readonly bindings?: readonly unknown[];
  response?: unknown;
  context?: { readonly lastID: unknown; readonly changes: number };
}

interface Statement {
  readonly reader: boolean;
  all(bindings: readonly unknown[]): unknown[];
  run(bindings: readonly unknown[]): {
    lastInsertRowid: unknown;
    changes: number;
  };
}

interface Connection {
  prepare(sql: string): Statement;
}

/**
 * Opens a SQLite database in memory in which every statement is a place where the process that makes
 * it may die. Statements are prepared once: thousands of lives are lived on it.
 */
export function openCrashableDatabase(): Knex {
  const settings: Knex.Config = {
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  };
  const Client: typeof Knex.Client = createKnex(settings).client.constructor;
  const statements = new Map<string, Statement>();

  function ask(connection: Connection, query: Query): Query {
    const known = statements.get(query.sql);
    const statement = known ?? connection.prepare(query.sql);
    statements.set(query.sql, statement);
    const bindings = (query.bindings ?? []).map(toSqlite);
    if (statement.reader) {
      query.response = statement.all(bindings);
      return query;
    }
    const response = statement.run(bindings);
    const { lastInsertRowid: lastID, changes } = response;
    return Object.assign(query, { response, context: { lastID, changes } });
  }

  // A subclass, since a transaction makes its own client from the class.
  class CrashableClient extends Client {
    async _query(connection: Connection, query: Query): Promise<Query> {
      try {
        running.getStore()?.step();
      } catch (error) {
        // What a dead process had not committed is lost; the connection is everybody's.
        if (/^(COMMIT|ROLLBACK)/i.test(query.sql)) rollBack(connection);
        throw error;
      }
      return ask(connection, query);
    }
  }
  return createKnex({ ...settings, client: CrashableClient });
}

function rollBack(connection: Connection): void {
  try {
    connection.prepare('ROLLBACK').run([]);
  } catch {
    // It was rolled back before.
  }
}

function toSqlite(value: unknown): unknown {
  if (value instanceof Date) return value.valueOf();
  return typeof value === 'boolean' ? Number(value) : value;
}

/** The process that runs at this place, for tools that notice being called by a dead one. */
export function currentProcess(): ModelProcess | undefined {
  return running.getStore();
}

/** Runs code that belongs to no process: the eye of the test. */
export function outside<T>(work: () => Promise<T>): Promise<T> {
  return running.exit(work);
}
