import type { DependencyState } from '@agentic-backstage/plugin-agentic-common';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';

/**
 * Tells of breakers: the auditor of every opening and closing, and the incidents of an outage and of
 * its end. A look that fails while the outage lasts is the same outage. In each process for itself.
 */
export class BreakerReports {
  readonly #away = new Set<string>();

  constructor(
    private readonly options: {
      auditor: AuditorService;
      logger: LoggerService;
      incidents: { breakerChanged(state: DependencyState): void };
    },
  ) {}

  /** Called at every change of a breaker. */
  changed(state: DependencyState): void {
    if (state.breaker === 'half_open') {
      return;
    }
    this.#audit(state);
    const wasAway = this.#away.has(state.id);
    const isAway = state.breaker === 'open';
    if (isAway) this.#away.add(state.id);
    else this.#away.delete(state.id);
    if (wasAway !== isAway) {
      this.options.incidents.breakerChanged(state);
    }
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
      .catch(error =>
        this.options.logger.warn('The auditor was not told of a breaker', {
          error: String(error),
        }),
      );
  }
}
