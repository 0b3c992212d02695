import type { DependencyState } from '@agentic-backstage/plugin-agentic-common';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { enqueueNotifications } from '../database/Outbox';

/** How long something may be away before people are told: most outages are over by then. */
const ESCALATE_MS = 5 * 60_000;

/**
 * Tells of breakers: the auditor of every opening and closing, and those who answer for the portal
 * of an outage that lasts, and of its end. In each process for itself.
 */
export class BreakerReports {
  readonly #escalations = new Map<string, NodeJS.Timeout>();
  readonly #told = new Set<string>();

  constructor(
    private readonly options: {
      knex: Knex;
      auditor: AuditorService;
      logger: LoggerService;
      /** Entity refs of those who are told. */
      recipients: readonly string[];
      /** For tests. */
      escalateMs?: number;
    },
  ) {}

  /** Called at every change of a breaker. */
  changed(state: DependencyState): void {
    if (state.breaker === 'half_open') {
      return;
    }
    this.#audit(state);
    if (state.breaker === 'closed') {
      clearTimeout(this.#escalations.get(state.id));
      this.#escalations.delete(state.id);
      if (this.#told.delete(state.id)) {
        this.#notify(state, 'works again', 'normal');
      }
      return;
    }
    if (!this.#escalations.has(state.id)) {
      const timer = setTimeout(() => {
        this.#told.add(state.id);
        this.#notify(state, 'is away', 'high');
      }, this.options.escalateMs ?? ESCALATE_MS);
      timer.unref();
      this.#escalations.set(state.id, timer);
    }
  }

  stop(): void {
    this.#escalations.forEach(timer => clearTimeout(timer));
    this.#escalations.clear();
  }

  #audit({ id, breaker, failures, lastFailure }: DependencyState): void {
    const opened = breaker === 'open';
    this.options.auditor
      .createEvent({
        eventId: opened ? 'breaker-opened' : 'breaker-closed',
        severityLevel: opened ? 'high' : 'medium',
        meta: { dependency: id, failures, lastFailure: lastFailure ?? '' },
      })
      .then(event => event.success())
      .catch(error => this.#warn('The auditor was not told', error));
  }

  #notify(
    { id, lastFailure }: DependencyState,
    what: string,
    severity: 'high' | 'normal',
  ): void {
    this.options.knex
      .transaction(trx =>
        enqueueNotifications(trx, [
          {
            scope: `agentic:breaker:${id}`,
            recipients: [...this.options.recipients],
            title: `'${id}' ${what}`,
            description:
              severity === 'high'
                ? `Work that needs it waits. Last failure: ${
                    lastFailure?.message ?? 'unknown'
                  }`
                : 'Work that waited for it goes on by itself.',
            link: '/agentic/agents',
            severity,
          },
        ]),
      )
      .catch(error => this.#warn('People were not told of an outage', error));
  }

  #warn(message: string, error: unknown): void {
    this.options.logger.warn(message, { error: String(error) });
  }
}
