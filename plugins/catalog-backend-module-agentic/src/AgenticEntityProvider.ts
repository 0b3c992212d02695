import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { CatalogEntitiesClient } from './CatalogEntitiesClient';
import { toDeferredEntities } from './toDeferredEntities';

/** The topic that says a service was published or removed. Its payload is not used. */
const topic = 'agentic.services';

/** What an {@link AgenticEntityProvider} works with. */
export interface AgenticEntityProviderOptions {
  readonly client: Pick<CatalogEntitiesClient, 'list'>;
  readonly events: Pick<EventsService, 'subscribe'>;
  readonly logger: Pick<LoggerService, 'info' | 'warn' | 'debug'>;
  readonly taskRunner: SchedulerServiceTaskRunner;
}

/**
 * Keeps the catalog's entities in step with the services that the agentic backend has published: on
 * schedule, and at once when an event says that something changed. While the backend cannot be
 * reached the entities stay as they were.
 */
export class AgenticEntityProvider implements EntityProvider {
  readonly #options: AgenticEntityProviderOptions;
  #connection: EntityProviderConnection | undefined;
  #running: Promise<void> | undefined;
  #again: Promise<void> | undefined;
  #reported = new Set<string>();

  constructor(options: AgenticEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'agentic';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    const { events, taskRunner } = this.#options;
    await events.subscribe({
      id: 'catalog-agentic-services',
      topics: [topic],
      onEvent: () => this.refresh(),
    });
    await taskRunner.run({
      id: 'agentic-entity-provider-refresh',
      fn: () => this.refresh(),
    });
  }

  /**
   * Reads all services and replaces the entities in the catalog. Calls during a refresh share one
   * more refresh after it, because the running one may have read too early. Never throws.
   */
  async refresh(): Promise<void> {
    if (!this.#running) {
      this.#running = this.#refresh().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#again ??= this.#running.then(() => {
      this.#again = undefined;
      return this.refresh();
    });
    return this.#again;
  }

  async #refresh(): Promise<void> {
    const { client, logger } = this.#options;
    if (!this.#connection) {
      return;
    }
    try {
      const services = await client.list();
      const skipped = new Set<string>();
      const entities = await toDeferredEntities(services, message =>
        skipped.add(message),
      );
      await this.#connection.applyMutation({ type: 'full', entities });
      this.#warnOnce(skipped);
      logger.debug(
        `${entities.length} entities of ${services.length} services are in the catalog`,
      );
    } catch (error) {
      logger.warn(
        `The services of the agentic backend could not be read, their entities stay as they were until the next try: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  /** The same bad entity comes back with every refresh; it is reported when it is new. */
  #warnOnce(skipped: Set<string>): void {
    for (const message of skipped) {
      if (!this.#reported.has(message)) {
        this.#options.logger.warn(message);
      }
    }
    this.#reported = skipped;
  }
}
