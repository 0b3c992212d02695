import { Worker } from 'node:worker_threads';
import { within } from './within';

/** The rows of the last statement of a query. */
export interface QueryAnswer {
  readonly rows: Record<string, unknown>[];
  readonly rowCount: number;
}

type Message =
  | { readonly id: number; readonly answer: QueryAnswer }
  | {
      readonly id: number;
      readonly error: { readonly message: string; readonly code?: string };
    }
  | { readonly channel: string; readonly payload: string };

const OPEN_TIMEOUT_MS = 90_000;
const CLOSE_TIMEOUT_MS = 5000;

// The thread's whole program. As a string, because a thread starts from a plain JavaScript file or
// text: this way it is the same from source, in tests and in the published package.
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { PGlite } = require(workerData.pglite);

async function run(database, { text, values }) {
  // Without parameters the simple protocol, as pg does: it takes several statements at once.
  const results =
    values.length > 0
      ? [await database.query(text, values)]
      : await database.exec(text);
  const last = results.at(-1);
  const rows = last ? last.rows : [];
  return { rows, rowCount: (last && last.rowCount) ?? rows.length };
}

const opened = PGlite.create(workerData.folder).then(database => {
  database.onNotification((channel, payload) =>
    parentPort.postMessage({ channel, payload }),
  );
  return database;
});

parentPort.on('message', async ({ id, ...request }) => {
  try {
    const database = await opened;
    if (request.close) {
      await database.close();
      parentPort.postMessage({ id, answer: { rows: [], rowCount: 0 } });
    } else {
      parentPort.postMessage({ id, answer: await run(database, request) });
    }
  } catch (error) {
    const { message = String(error), code } = error ?? {};
    parentPort.postMessage({ id, error: { message, code } });
  }
});
`;

/**
 * A PGlite database in a thread of its own, so that its work does not hold up the backend's event
 * loop. One session: queries run one after the other, and transactions are the caller's affair.
 */
export class PgliteThread {
  readonly #worker: Worker;
  readonly #pending = new Map<
    number,
    { resolve: (answer: QueryAnswer) => void; reject: (error: Error) => void }
  >();
  readonly #listeners = new Set<(channel: string, payload: string) => void>();
  #nextId = 1;
  #ended?: Error;

  private constructor(folder: string) {
    this.#worker = new Worker(PROGRAM, {
      eval: true,
      workerData: { folder, pglite: require.resolve('@electric-sql/pglite') },
      // None of the backend's own start options (transpilers, inspectors) and nothing of its secrets.
      execArgv: [],
      env: {},
    });
    this.#worker.on('message', (message: Message) => this.#receive(message));
    this.#worker.on('error', error => this.#end(error));
    this.#worker.on('exit', () =>
      this.#end(new Error('The engine database has stopped')),
    );
  }

  /** Opens the database in the folder, which is made if it is missing or empty. */
  static async open(folder: string): Promise<PgliteThread> {
    const thread = new PgliteThread(folder);
    try {
      const first = thread.query('SELECT 1');
      await within(OPEN_TIMEOUT_MS, 'Opening the engine database', first);
      return thread;
    } catch (error) {
      await thread.#worker.terminate();
      throw error;
    }
  }

  async query(text: string, values: unknown[] = []): Promise<QueryAnswer> {
    return this.#ask({ text, values });
  }

  /** Calls `listener` for every notification on a channel that LISTEN was said for. */
  onNotification(listener: (channel: string, payload: string) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    try {
      const closed = this.#ask({ close: true });
      await within(CLOSE_TIMEOUT_MS, 'Closing the engine database', closed);
    } finally {
      await this.#worker.terminate();
    }
  }

  #ask(request: object): Promise<QueryAnswer> {
    if (this.#ended) {
      return Promise.reject(this.#ended);
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...request });
    });
  }

  #receive(message: Message): void {
    if ('channel' in message) {
      this.#listeners.forEach(each => each(message.channel, message.payload));
      return;
    }
    const waiting = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('answer' in message) {
      waiting?.resolve(message.answer);
    } else {
      // With the SQL state where `pg` has it: DBOS decides by it.
      const { message: text, code } = message.error;
      waiting?.reject(Object.assign(new Error(text), code && { code }));
    }
  }

  #end(error: Error): void {
    this.#ended ??= error;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    waiting.forEach(({ reject }) => reject(error));
  }
}
