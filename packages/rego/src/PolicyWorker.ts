import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EvaluateOptions, PolicyFile, PolicyOptions } from './Policies';
import { RegoError, type RegoErrorCode } from './RegoError';
import type { Location } from './syntax/ast';

/** What one evaluation may take before it is ended. */
export interface WorkerLimits {
  /** 5 seconds by default, counted once the thread has compiled the policies. */
  readonly milliseconds?: number;
  /** Of the thread's heap; 256 by default. */
  readonly megabytes?: number;
}

type Outcome =
  | { readonly value: unknown; readonly error?: undefined }
  | {
      readonly error: {
        readonly code: RegoErrorCode;
        readonly reason: string;
        readonly at?: Location;
      };
    };

// A thread starts from a plain JavaScript file, in the repository and in the published package.
const PROGRAM = path.join(
  path.dirname(require.resolve('@agentic-backstage/rego/package.json')),
  'bin',
  'worker.js',
);
/** For the start of a thread and the compilation of its policies. */
const START_MS = 60_000;

const cancelled = (reason: string) =>
  new RegoError('eval_cancel_error', reason);

/**
 * Policies in a thread of their own, for policies or inputs that are not trusted to end. What takes too long
 * or too much memory rejects with `eval_cancel_error`, and the next question starts a new thread.
 */
export class PolicyWorker {
  readonly #data: { files: readonly PolicyFile[]; version?: string };
  readonly #limits: Required<WorkerLimits>;
  #worker: Worker | undefined;
  /** The question before, so that there is one at a time. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(
    files: readonly PolicyFile[],
    options: PolicyOptions & WorkerLimits = {},
  ) {
    this.#data = { files, version: options.version };
    const { milliseconds = 5_000, megabytes = 256 } = options;
    this.#limits = { milliseconds, megabytes };
  }

  /** The value of a term as `Policies.prepareValue` gives it. Input and data are JSON. */
  evaluate(term: string, options: EvaluateOptions = {}): Promise<unknown> {
    const answer = this.#before.then(() => this.#ask(term, options));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(PROGRAM, {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes },
      // A policy is given its input and nothing of this process.
      env: { NODE_ENV: process.env.NODE_ENV },
      execArgv: [],
    });
    worker.unref();
    return worker;
  }

  #ask(term: string, options: EvaluateOptions): Promise<unknown> {
    const isNew = this.#worker === undefined;
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      let late: NodeJS.Timeout | undefined;
      function settle(work: () => void): void {
        clearTimeout(late);
        worker.off('message', onMessage);
        worker.off('error', onError);
        work();
      }
      const end = (error: Error): void => {
        this.#worker = undefined;
        settle(() => reject(error));
      };
      const endAfter = (milliseconds: number): void => {
        clearTimeout(late);
        late = setTimeout(() => {
          const reason = `it took longer than ${milliseconds} ms; the evaluation was ended`;
          worker.terminate().then(() => end(cancelled(reason)), end);
        }, milliseconds);
      };
      const { milliseconds: most } = this.#limits;
      function onMessage(outcome: Outcome | 'ready'): void {
        if (outcome === 'ready') endAfter(most);
        else settle(() => hand(outcome, resolve, reject));
      }
      const explained = (error: Error): Error => this.#explained(error);
      function onError(error: Error): void {
        end(explained(error));
      }
      endAfter(isNew ? START_MS : most);
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.postMessage({ term, options });
    });
  }

  #explained(error: NodeJS.ErrnoException): Error {
    return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? cancelled(
          `it took more than ${
            this.#limits.megabytes
          } MB; the evaluation was ended`,
        )
      : error;
  }
}

function hand(
  outcome: Outcome,
  resolve: (value: unknown) => void,
  reject: (error: Error) => void,
): void {
  if (!outcome.error) {
    resolve(outcome.value);
    return;
  }
  const { code, reason, at } = outcome.error;
  reject(new RegoError(code, reason, at));
}
