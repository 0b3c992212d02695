import type { DependencyState } from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { findDeadLetters } from './facts/findDeadLetters';
import { findRecordedFacts } from './facts/findRecordedFacts';
import { findUnhealthyDeployments } from './facts/findUnhealthyDeployments';
import type { IncidentFact } from './IncidentFact';
import type { IncidentReports } from './IncidentReports';
import { FACTS_DAYS } from './IncidentSettings';

const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 200;
/** What can wait while the database is away; the breakers of a process are not more than this. */
const MAX_WAITING = 200;

/**
 * Finds what takes people. Nearly all of it is derived from rows that were committed together with
 * what they tell of, so nothing is lost to a crash, and looking twice finds nothing new. The breakers
 * are of this process and gone with it: what they say waits here until the database takes it.
 */
export class IncidentDetector {
  readonly #knex: Knex;
  readonly #reports: IncidentReports;
  readonly #logger: LoggerService;
  /** Tells the breakers of this process from those of all others. */
  readonly #process = randomUUID();
  readonly #waiting: Array<() => Promise<unknown>> = [];
  #flushing: Promise<void> | undefined;

  constructor(options: {
    knex: Knex;
    reports: IncidentReports;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#reports = options.reports;
    this.#logger = options.logger;
  }

  /** Called at every change of a breaker. */
  breakerChanged(state: DependencyState): void {
    const { id, breaker, since, failures, lastFailure } = state;
    if (breaker === 'half_open') {
      return;
    }
    const about = {
      source: 'dependency' as const,
      subject: id,
      factId: `breaker:${this.#process}:${id}:${since}`,
    };
    this.#waiting.push(
      breaker === 'open'
        ? () =>
            this.#reports.report({
              ...about,
              title: `'${id}' is away`,
              text: `It failed ${failures} times in a row; work that needs it waits. Last failure: ${
                lastFailure?.message ?? 'unknown'
              }`,
              links: { dependency: id },
            })
        : () =>
            this.#reports.recovered({
              ...about,
              text: `'${id}' works again; what waited for it goes on by itself`,
            }),
    );
    this.#waiting.splice(0, this.#waiting.length - MAX_WAITING);
    this.#flush().catch(error => this.#warn(error));
  }

  /** One look; answers how many facts were new. One that fails keeps none of the others from being counted. */
  async detect(now: Date = new Date()): Promise<number> {
    // What breakers say keeps nothing else from being found.
    await this.#flush().catch(error => this.#warn(error));
    const options = {
      since: new Date(now.getTime() - FACTS_DAYS * DAY_MS).toISOString(),
      limit: AT_ONCE,
    };
    const found: IncidentFact[] = [
      ...(await findRecordedFacts(this.#knex, options)),
      ...(await findDeadLetters(this.#knex, options)),
      ...(await findUnhealthyDeployments(this.#knex, options)),
    ];
    let counted = 0;
    for (const fact of found) {
      try {
        counted += (await this.#reports.report(fact)) === 'known' ? 0 : 1;
      } catch (error) {
        this.#warn(error);
      }
    }
    return counted;
  }

  /** In the order in which it happened; what cannot be written stays the first. */
  async #flush(): Promise<void> {
    this.#flushing ??= (async () => {
      while (this.#waiting.length > 0) {
        const [first] = this.#waiting;
        await first();
        if (this.#waiting[0] === first) this.#waiting.shift();
      }
    })().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  #warn(error: unknown): void {
    this.#logger.warn(
      'An incident could not be written down; it is tried again at the next look',
      { error: String(error) },
    );
  }
}
