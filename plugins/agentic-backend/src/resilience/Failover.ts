import type { FailoverState } from '@agentic-backstage/plugin-agentic-common';
import { ServiceUnavailableError } from '@backstage/errors';
import { isoNow } from '../database/rows';
import { redact } from '../runtime/redact';
import type { Dependency } from './Dependency';
import { DependencyUnavailable } from './DependencyUnavailable';
import { isOutage } from './isOutage';

/** One of several things that can answer the same question. */
export interface Alternative<T> {
  readonly adapter: T;
  /** Its breaker, its places and its timeout. */
  readonly dependency: Dependency;
}

/** What a stand-in answers that does not know: its "no" would be taken for the first one's. */
export const NO_ANSWER = Symbol('no answer');

/** Who answered, and what. */
export interface Answered<T, R> {
  readonly answer: R;
  readonly by: Alternative<T>;
}

/** Why one of them did not answer. */
interface Failure {
  readonly id: string;
  readonly reason: string;
  readonly retryAt: Date | undefined;
}

/**
 * Several adapters of one kind in order. Each question goes to the first; to the next only when the
 * one before has an outage or an open breaker. An answer that somebody does not like (not found,
 * denied, wrong) is an answer and goes back at once. Once the breaker of the first has closed it is
 * asked again, since every question begins with it.
 */
export class Failover<T> {
  readonly id: string;
  readonly #alternatives: readonly Alternative<T>[];
  readonly #onChange: (state: FailoverState) => void;
  #answering: string;
  #since = isoNow();
  #last: FailoverState['lastFailover'];

  constructor(options: {
    id: string;
    /** In the order in which they are asked; at least one. */
    alternatives: readonly Alternative<T>[];
    /** Called when another one begins to answer. */
    onChange?: (state: FailoverState) => void;
  }) {
    const [first] = options.alternatives;
    if (!first) {
      throw new Error(`'${options.id}' has nobody to ask; name at least one`);
    }
    this.id = options.id;
    this.#alternatives = options.alternatives;
    this.#onChange = options.onChange ?? (() => undefined);
    this.#answering = first.dependency.id;
  }

  /**
   * Asks a question that changes nothing. Throws `DependencyUnavailable` when nobody could be asked,
   * `ServiceUnavailableError` when nobody answered, each with every reason.
   */
  async look<R>(
    ask: (
      adapter: T,
      options: { signal: AbortSignal; isFirst: boolean },
    ) => Promise<R | typeof NO_ANSWER>,
    signal: AbortSignal,
  ): Promise<Answered<T, R>> {
    const failures: Failure[] = [];
    for (const [index, by] of this.#alternatives.entries()) {
      const { adapter, dependency } = by;
      try {
        const answer = await dependency.look(
          own => ask(adapter, { signal: own, isFirst: index === 0 }),
          signal,
        );
        if (answer !== NO_ANSWER) {
          this.#answered(dependency.id, failures);
          return { answer, by };
        }
        failures.push(failureOf(dependency.id, 'it does not know'));
      } catch (error) {
        if (signal.aborted || !isAway(error, dependency)) {
          throw error;
        }
        failures.push(failureOf(dependency.id, error));
      }
    }
    throw allAway(failures);
  }

  /** Makes a change with the first, and with no other: a change that is made twice is two changes. */
  async change<R>(
    make: (adapter: T) => Promise<R>,
    signal: AbortSignal,
  ): Promise<R> {
    const [{ adapter, dependency }] = this.#alternatives;
    return dependency.change(() => make(adapter), signal);
  }

  /** Who answers now, and why it is not the first. */
  state(): FailoverState {
    return {
      id: this.id,
      order: this.#alternatives.map(({ dependency }) => dependency.id),
      answering: this.#answering,
      since: this.#since,
      lastFailover: this.#last,
    };
  }

  #answered(by: string, failures: readonly Failure[]): void {
    if (by === this.#answering) {
      return;
    }
    if (failures.length > 0) {
      this.#last = {
        at: isoNow(),
        from: this.#answering,
        to: by,
        reason: describe(failures),
      };
    }
    this.#answering = by;
    this.#since = isoNow();
    this.#onChange(this.state());
  }
}

/** One that is only busy is not away: who waits for it gets the better answer. */
function isAway(error: unknown, dependency: Dependency): boolean {
  return error instanceof DependencyUnavailable
    ? dependency.state().breaker !== 'closed'
    : isOutage(error);
}

function failureOf(id: string, error: unknown): Failure {
  return {
    id,
    reason: redact(error instanceof Error ? error.message : String(error)),
    retryAt: error instanceof DependencyUnavailable ? error.retryAt : undefined,
  };
}

function describe(failures: readonly Failure[]): string {
  return failures.map(({ id, reason }) => `${id}: ${reason}`).join('; ');
}

function allAway(failures: readonly Failure[]): Error {
  const message = `Nobody answers: ${describe(failures)}`;
  const [{ id, retryAt }] = failures;
  return retryAt
    ? new DependencyUnavailable(message, id, retryAt)
    : new ServiceUnavailableError(message);
}
