import {
  type SecretAccessLog,
  type SecretList,
  type SecretMetadata,
  type SecretStoreView,
  type SecretView,
} from '@agentic-backstage/plugin-agentic-common';
import type { SecretAccessRecords } from './SecretAccessRecords';
import type { SecretStores } from './SecretStores';
import { isStandbyCopy } from './standby/standbyCopies';

const DAY_MS = 24 * 60 * 60_000;

/** What may be said of a secret, with when its next value is due. */
export function toSecretView(
  metadata: SecretMetadata,
  now: number = Date.now(),
): SecretView {
  const dueAt =
    Date.parse(metadata.rotatedAt) + metadata.rotateAfterDays * DAY_MS;
  return {
    ...metadata,
    dueAt: new Date(dueAt).toISOString(),
    due: dueAt <= now,
  };
}

/** What people may know of secrets. There is no way to a value from here. */
export class SecretService {
  readonly #stores: SecretStores;
  readonly #records: SecretAccessRecords;

  constructor(options: { stores: SecretStores; records: SecretAccessRecords }) {
    this.#stores = options.stores;
    this.#records = options.records;
  }

  /** Every secret of every store that answers; a store that does not is named with the reason. */
  async list(now: number = Date.now()): Promise<SecretList> {
    const answers = await Promise.all(
      this.#stores.all.map(async store => {
        const view: SecretStoreView = {
          id: store.id,
          title: store.title,
          isDefault: store === this.#stores.default,
        };
        try {
          const problem = await store.problem?.();
          return {
            view: problem === undefined ? view : { ...view, problem },
            secrets: await store.list(),
          };
        } catch (error) {
          const problem =
            error instanceof Error ? error.message : String(error);
          return { view: { ...view, problem }, secrets: [] };
        }
      }),
    );
    return {
      stores: answers.map(({ view }) => view),
      secrets: answers.flatMap(({ secrets }) =>
        secrets
          .filter(({ path }) => !isStandbyCopy(path))
          .map(metadata => toSecretView(metadata, now)),
      ),
    };
  }

  /** Those whose next value is due, the longest overdue first. */
  async due(now: number = Date.now()): Promise<SecretList> {
    const { stores, secrets } = await this.list(now);
    return {
      stores,
      secrets: secrets
        .filter(({ due }) => due)
        .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)),
    };
  }

  /** Who used which secret, newest first. */
  async accessLog(filter: {
    secret?: string;
    workflowId?: string;
    before?: number;
    limit: number;
  }): Promise<SecretAccessLog> {
    return this.#records.list(filter);
  }
}
