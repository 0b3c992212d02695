import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import type { PgliteThread, QueryAnswer } from './PgliteThread';

const BEGINS = /^\s*(BEGIN|START\s+TRANSACTION)\b/i;
const ENDS = /^\s*(COMMIT|END|ABORT|ROLLBACK(?!\s+TO))\b/i;
const LISTENS = /^\s*LISTEN\s+"?(\w+)"?/i;

/** One session at a time: hands the database to the next client when the last one gives it back. */
class Turnstile {
  #last: Promise<void> = Promise.resolve();

  async enter(): Promise<() => void> {
    const before = this.#last;
    let leave: () => void = () => {};
    this.#last = new Promise(resolve => {
      leave = resolve;
    });
    await before;
    return leave;
  }
}

/** A client of the pool. It has the session to itself from BEGIN to COMMIT or ROLLBACK. */
class PgliteClient extends EventEmitter {
  readonly #listening = new Set<string>();
  #leave?: () => void;
  #inTransaction = false;
  #released = false;

  constructor(
    private readonly database: PgliteThread,
    private readonly turnstile: Turnstile,
    private readonly onRelease: (client: PgliteClient) => void,
  ) {
    super();
    this.setMaxListeners(0);
  }

  async query(text: string, values?: unknown[]): Promise<QueryAnswer> {
    const leave = this.#leave ?? (await this.turnstile.enter());
    this.#leave = leave;
    let inTransaction = BEGINS.test(text);
    try {
      const answer = await this.database.query(text, values);
      const channel = LISTENS.exec(text)?.[1];
      if (channel) {
        this.#listening.add(channel);
      }
      return answer;
    } catch (error) {
      inTransaction = false;
      throw error;
    } finally {
      this.#inTransaction =
        !ENDS.test(text) && (inTransaction || this.#inTransaction);
      if (!this.#inTransaction) {
        this.#leave = undefined;
        leave();
      }
    }
  }

  notify(channel: string, payload: string): void {
    if (this.#listening.has(channel)) {
      this.emit('notification', { channel, payload, processId: 0 });
    }
  }

  release(): void {
    if (this.#released) {
      return;
    }
    this.#released = true;
    this.onRelease(this);
    if (this.#inTransaction) {
      this.query('ROLLBACK').catch(() => {});
    }
  }
}

/**
 * As much of `pg.Pool` as DBOS uses, over the single session of a PGlite database.
 * Transactions take turns; LISTEN and NOTIFY work.
 */
export class PglitePool {
  /** DBOS sizes its limit on concurrent polls by this. */
  readonly options = { max: 20 };
  readonly #turnstile = new Turnstile();
  readonly #clients = new Set<PgliteClient>();
  #ended = false;

  constructor(private readonly database: PgliteThread) {
    database.onNotification((channel, payload) =>
      this.#clients.forEach(client => client.notify(channel, payload)),
    );
  }

  async connect(): Promise<PgliteClient> {
    this.#requireOpen();
    const client = new PgliteClient(this.database, this.#turnstile, released =>
      this.#clients.delete(released),
    );
    this.#clients.add(client);
    return client;
  }

  async query(text: string, values?: unknown[]): Promise<QueryAnswer> {
    this.#requireOpen();
    const leave = await this.#turnstile.enter();
    try {
      return await this.database.query(text, values);
    } finally {
      leave();
    }
  }

  /** Refuses new work and waits for the query or transaction in hand. */
  async end(): Promise<void> {
    this.#ended = true;
    (await this.#turnstile.enter())();
  }

  /** The same pool under the type DBOS asks for, of which it uses only the methods above. */
  asPgPool(): Pool {
    return this as unknown as Pool;
  }

  #requireOpen(): void {
    if (this.#ended) {
      throw new Error('Cannot use the engine database: it has been closed');
    }
  }
}
