import type { DependencyState } from '@agentic-backstage/plugin-agentic-common';
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  type BulkheadPolicy,
  type CircuitBreakerPolicy,
  type RetryPolicy,
  type TimeoutPolicy,
} from 'cockatiel';
import { isoNow } from '../database/rows';
import { abortable } from '../runtime/abortable';
import { redact } from '../runtime/redact';
import type { DependencyLimits } from './dependencyLimits';
import { DependencyUnavailable } from './DependencyUnavailable';
import { CallGivenUp, isOutage } from './isOutage';

const STATES: Readonly<Record<CircuitState, DependencyState['breaker']>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
};
/** Backoff between looks: 0.2 s, 0.4 s, … up to 5 s, each shortened by up to half at random. */
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5000;
/** How long a call that found the queue full stays away. */
const BUSY_MS = 2000;

type Outcome<T> = { readonly answer: T } | { readonly refusal: unknown };

/**
 * One thing the framework leans on, with its breaker, its places and its timeout. All calls to it go
 * through {@link Dependency.look} or {@link Dependency.change}; a call that is not made throws
 * {@link DependencyUnavailable}.
 */
export class Dependency {
  readonly id: string;
  readonly kind: DependencyState['kind'];
  readonly #limits: DependencyLimits;
  readonly #retry: RetryPolicy;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #bulkhead: BulkheadPolicy;
  readonly #timeout: TimeoutPolicy;
  #since = isoNow();
  #failures = 0;
  #lastFailure: DependencyState['lastFailure'];
  #lastSuccessAt: string | undefined;

  constructor(options: {
    id: string;
    kind: DependencyState['kind'];
    limits: DependencyLimits;
    onChange: (state: DependencyState) => void;
    firstBackoffMs?: number;
  }) {
    const { id, kind, limits } = options;
    this.id = id;
    this.kind = kind;
    this.#limits = limits;
    this.#breaker = circuitBreaker(
      handleWhen(
        error =>
          isOutage(error) ||
          // The one call that was let through to see has not seen anything.
          (error instanceof CallGivenUp &&
            this.#breaker.state === CircuitState.HalfOpen),
      ),
      {
        halfOpenAfter: limits.openSeconds * 1000,
        breaker: new ConsecutiveBreaker(limits.breakAfter),
      },
    );
    this.#breaker.onStateChange(() => {
      this.#since = isoNow();
      options.onChange(this.state());
    });
    this.#bulkhead = bulkhead(limits.concurrency, limits.queue);
    this.#timeout = timeout(
      limits.timeoutSeconds * 1000,
      TimeoutStrategy.Aggressive,
    );
    this.#retry = retry(
      handleWhen(error => isOutage(error) && !isRefusedHere(error)),
      {
        maxAttempts: limits.retries,
        backoff: new ExponentialBackoff({
          initialDelay: options.firstBackoffMs ?? FIRST_BACKOFF_MS,
          maxDelay: LONGEST_BACKOFF_MS,
          generator: halfJitterGenerator,
        }),
      },
    );
  }

  /**
   * Makes a call that changes nothing: cut off after the timeout, and tried again after an outage.
   * Ends at once when the signal does.
   */
  async look<T>(
    call: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    signal.throwIfAborted();
    const tries = this.#retry.execute(
      () =>
        this.#breaker.execute(() =>
          this.#bulkhead.execute(
            () =>
              this.#note(
                () => this.#timeout.execute((_, own) => call(own), signal),
                signal,
              ),
            signal,
          ),
        ),
      signal,
    );
    try {
      return unwrap(await abortable(tries, signal));
    } catch (error) {
      throw this.#explain(error, signal);
    }
  }

  /**
   * Makes a call that may change the world, once: never tried again here, and waited for to its end
   * even when the signal says to stop, because what is under way must not be taken for undone. Before
   * it has begun, the signal ends it at once.
   */
  async change<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    let begun = false;
    const made = this.#breaker.execute(() =>
      this.#bulkhead.execute(async () => {
        signal.throwIfAborted();
        begun = true;
        return this.#note(call, signal);
      }, signal),
    );
    try {
      await abortable(ended(made), signal).catch(reason => {
        if (!begun) throw reason;
      });
      return unwrap(await made);
    } catch (error) {
      throw this.#explain(error, signal);
    }
  }

  /** How it stands now. */
  state(): DependencyState {
    const breaker = STATES[this.#breaker.state];
    return {
      id: this.id,
      kind: this.kind,
      breaker,
      since: this.#since,
      ...(breaker === 'open' && { nextTryAt: this.#nextTryAt().toISOString() }),
      failures: this.#failures,
      lastFailure: this.#lastFailure,
      lastSuccessAt: this.#lastSuccessAt,
      running: this.#limits.concurrency - this.#bulkhead.executionSlots,
      queued: this.#limits.queue - this.#bulkhead.queueSlots,
      limits: this.#limits,
    };
  }

  #nextTryAt(): Date {
    const at = Date.parse(this.#since) + this.#limits.openSeconds * 1000;
    return new Date(Math.max(at, Date.now()));
  }

  /** Keeps count of how the calls that were made went. A refusal is an answer to the breaker too. */
  async #note<T>(
    call: () => PromiseLike<T>,
    signal: AbortSignal,
  ): Promise<Outcome<T>> {
    try {
      const answer = await call();
      this.#succeeded();
      return { answer };
    } catch (error) {
      if (signal.aborted) {
        throw new CallGivenUp(signal.reason);
      }
      if (!isOutage(error)) {
        this.#succeeded();
        return { refusal: error };
      }
      this.#failures += 1;
      this.#lastFailure = { at: isoNow(), message: this.#describe(error) };
      throw error;
    }
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#lastSuccessAt = isoNow();
  }

  /** Says in our words what the library refused, and gives the caller its own reason back. */
  #explain(error: unknown, signal: AbortSignal): unknown {
    if (error instanceof CallGivenUp) {
      return error.reason;
    }
    if (signal.aborted) {
      return signal.reason;
    }
    if (error instanceof BrokenCircuitError) {
      const last = this.#lastFailure?.message ?? 'no answer';
      return new DependencyUnavailable(
        // The same words each time, so that a task which waits long says it once.
        `'${this.id}' has failed ${
          this.#limits.breakAfter
        } times in a row or more (last: ${last}); it is tried again every ${
          this.#limits.openSeconds
        } s`,
        this.id,
        this.#nextTryAt(),
      );
    }
    if (error instanceof BulkheadRejectedError) {
      return new DependencyUnavailable(
        `'${this.id}' has ${this.#limits.concurrency} calls running and ${
          this.#limits.queue
        } waiting, and takes no more for now`,
        this.id,
        new Date(Date.now() + BUSY_MS),
      );
    }
    if (error instanceof TaskCancelledError) {
      return new Error(this.#describe(error), { cause: error });
    }
    return error;
  }

  #describe(error: unknown): string {
    if (error instanceof TaskCancelledError) {
      return `'${this.id}' did not answer within ${
        this.#limits.timeoutSeconds
      } s`;
    }
    const message = error instanceof Error ? error.message : String(error);
    return redact(message).slice(0, 500);
  }
}

function isRefusedHere(error: unknown): boolean {
  return (
    error instanceof BrokenCircuitError ||
    error instanceof BulkheadRejectedError
  );
}

/** Resolves at the end of a call, however that is. */
async function ended(call: Promise<unknown>): Promise<void> {
  await call.catch(() => undefined);
}

function unwrap<T>(outcome: Outcome<T>): T {
  if ('refusal' in outcome) {
    throw outcome.refusal;
  }
  return outcome.answer;
}
