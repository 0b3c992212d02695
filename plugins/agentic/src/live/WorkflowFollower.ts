import type {
  Workflow,
  WorkflowEvent,
} from '@agentic-backstage/plugin-agentic-common';
import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import { failureKind } from '../api/AgenticRequestError';
import type { AgenticApi } from '../api/AgenticApi';
import { Pause } from './Pause';

/** How news about the workflow arrives at the moment. */
export type Connection = 'connecting' | 'live' | 'polling' | 'ended';

/** What is known about a workflow right now. `error` beside a workflow means that the last refresh failed. */
export interface FollowedWorkflow {
  readonly workflow?: Workflow;
  readonly events: readonly WorkflowEvent[];
  readonly error?: Error;
  readonly connection: Connection;
}

/** What is known before the first answer. */
export const NOTHING_KNOWN: FollowedWorkflow = {
  events: [],
  connection: 'connecting',
};

/** Waiting times of a follower in milliseconds; tests make them short. */
export interface FollowerTiming {
  readonly refreshDelay: number;
  readonly publishDelay: number;
  readonly firstRetry: number;
  readonly longestRetry: number;
  readonly healthyAfter: number;
}

const DEFAULT_TIMING: FollowerTiming = {
  refreshDelay: 150,
  publishDelay: 50,
  firstRetry: 500,
  longestRetry: 15_000,
  healthyAfter: 10_000,
};

/** After so many connections in a row that brought nothing, events are fetched as plain lists as well. */
const POLL_AFTER_FAILURES = 2;

/** Older events are dropped from memory; the backend keeps them. */
const MAX_EVENTS = 5_000;

/**
 * Keeps one workflow and its events up to date:
 * 1. reads the workflow;
 * 2. streams events from the last one seen, and reads the workflow again soon after each change;
 * 3. reconnects with growing pauses, and polls as long as streaming brings nothing;
 * 4. rests when the workflow has ended, until `wake` is called.
 */
export class WorkflowFollower {
  readonly #api: AgenticApi;
  readonly #workflowId: string;
  readonly #onChange: (known: FollowedWorkflow) => void;
  readonly #timing: FollowerTiming;
  readonly #stop = new AbortController();
  readonly #pause = new Pause();
  #known: FollowedWorkflow = NOTHING_KNOWN;
  #lastSeq = 0;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #publishTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshing: Promise<void> | undefined;
  #refreshAgain = false;

  constructor(options: {
    api: AgenticApi;
    workflowId: string;
    onChange: (known: FollowedWorkflow) => void;
    timing?: Partial<FollowerTiming>;
  }) {
    this.#api = options.api;
    this.#workflowId = options.workflowId;
    this.#onChange = options.onChange;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
  }

  /** Starts following; call once. */
  async start(): Promise<void> {
    let fruitless = 0;
    await this.refresh();
    while (!this.#stop.signal.aborted) {
      if (this.#isOutOfReach()) {
        this.#publish({ connection: 'ended' });
        await this.#rest();
        continue;
      }
      fruitless = (await this.#stream()) ? 0 : fruitless + 1;
      if (this.#stop.signal.aborted) {
        return;
      }
      await this.refresh();
      if (this.#hasEnded()) {
        this.#publish({ connection: 'ended' });
        await this.#rest();
        continue;
      }
      if (fruitless >= POLL_AFTER_FAILURES) {
        await this.#poll();
      } else {
        this.#publish({ connection: 'connecting' });
      }
      await this.#pause.forMilliseconds(this.#retryDelay(fruitless));
    }
  }

  /** Ends following for good. */
  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#refreshTimer);
    clearTimeout(this.#publishTimer);
    this.#pause.wake();
  }

  /** Somebody else says that there is news: ends any pause and reads the workflow soon. */
  wake(): void {
    this.#pause.wake();
    this.#refreshSoon();
  }

  /** Reads the workflow now; calls that overlap share one more reading after the current one. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#refreshAgain = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#readUntilCurrent();
    try {
      await this.#refreshing;
    } finally {
      this.#refreshing = undefined;
    }
    return undefined;
  }

  async #rest(): Promise<void> {
    await this.#pause.untilWoken();
    if (!this.#stop.signal.aborted) {
      await this.refresh();
    }
  }

  async #readUntilCurrent(): Promise<void> {
    do {
      this.#refreshAgain = false;
      try {
        const workflow = await this.#api.getWorkflow(this.#workflowId);
        this.#publish({ workflow, error: undefined });
      } catch (error) {
        this.#publish({ error: error as Error });
      }
    } while (this.#refreshAgain && !this.#stop.signal.aborted);
  }

  /** Says whether the connection was of any use. */
  async #stream(): Promise<boolean> {
    const openedAt = Date.now();
    let received = false;
    try {
      const events = this.#api.streamEvents(this.#workflowId, {
        after: this.#lastSeq,
        signal: this.#stop.signal,
      });
      for await (const event of events) {
        if (this.#stop.signal.aborted) {
          return received;
        }
        received = true;
        this.#take(event);
        if (this.#known.connection !== 'live') {
          this.#publish({ connection: 'live' });
        }
      }
    } catch {
      // Any reason is the same to us: what was missed comes with the next connection or by polling.
    }
    return received || Date.now() - openedAt >= this.#timing.healthyAfter;
  }

  async #poll(): Promise<void> {
    this.#publish({ connection: 'polling' });
    try {
      const events = await this.#api.listEvents(this.#workflowId, {
        after: this.#lastSeq,
      });
      events.forEach(event => this.#take(event));
    } catch {
      // The refresh of the workflow itself has already reported what is wrong.
    }
  }

  #take(event: WorkflowEvent): void {
    if (event.seq <= this.#lastSeq) {
      return;
    }
    this.#lastSeq = event.seq;
    const events = [...this.#known.events, event].slice(-MAX_EVENTS);
    this.#known = { ...this.#known, events };
    this.#publishSoon();
    if (event.type !== 'log') {
      this.#refreshSoon();
    }
  }

  #refreshSoon(): void {
    this.#refreshTimer ??= setTimeout(() => {
      this.#refreshTimer = undefined;
      void this.refresh();
    }, this.#timing.refreshDelay);
  }

  #publishSoon(): void {
    this.#publishTimer ??= setTimeout(
      () => this.#publish({}),
      this.#timing.publishDelay,
    );
  }

  #publish(change: Partial<FollowedWorkflow>): void {
    clearTimeout(this.#publishTimer);
    this.#publishTimer = undefined;
    this.#known = { ...this.#known, ...change };
    if (!this.#stop.signal.aborted) {
      this.#onChange(this.#known);
    }
  }

  #isOutOfReach(): boolean {
    const { error } = this.#known;
    return (
      error !== undefined && ['denied', 'missing'].includes(failureKind(error))
    );
  }

  #hasEnded(): boolean {
    const { workflow } = this.#known;
    return (
      workflow !== undefined &&
      TERMINAL_PHASES.includes(workflow.phase) &&
      this.#lastSeq >= workflow.lastEventSeq
    );
  }

  #retryDelay(fruitless: number): number {
    const grown = this.#timing.firstRetry * 2 ** Math.min(fruitless, 10);
    return Math.min(grown, this.#timing.longestRetry);
  }
}
