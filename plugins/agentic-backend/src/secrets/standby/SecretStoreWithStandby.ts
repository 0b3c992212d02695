import type { SecretMetadata } from '@agentic-backstage/plugin-agentic-common';
import type {
  SecretContent,
  SecretStore,
  SecretValues,
  SecretWrite,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { DependencyUnavailable } from '../../resilience/DependencyUnavailable';
import { NO_ANSWER, type Failover } from '../../resilience/Failover';
import { isOutage } from '../../resilience/isOutage';
import { StandbyCopies } from './standbyCopies';

/** Stores cannot be told to stop. */
const NEVER = new AbortController().signal;

/**
 * A store with others that stand in for reading while it is away. It answers under the name of the
 * first. What is written through it or read from it is copied to the standbys. Nothing is written
 * while the first is away, and what a standby does not have is an outage, never "there is none".
 */
export class SecretStoreWithStandby implements SecretStore {
  readonly id: string;
  readonly title: string;
  readonly #first: SecretStore;
  readonly #standbys: readonly SecretStore[];
  readonly #failover: Failover<SecretStore>;
  readonly #copies: StandbyCopies;
  readonly #logger: LoggerService;

  constructor(options: {
    first: SecretStore;
    standbys: readonly SecretStore[];
    /** Over all of them, the first one first. */
    failover: Failover<SecretStore>;
    logger: LoggerService;
  }) {
    const { first, standbys } = options;
    this.id = first.id;
    this.title = `${first.title}; while it is away ${standbys
      .map(({ title }) => title)
      .join(', ')} can be read`;
    this.#first = first;
    this.#standbys = standbys;
    this.#failover = options.failover;
    this.#copies = new StandbyCopies(first.id);
    this.#logger = options.logger;
  }

  async problem(): Promise<string | undefined> {
    const { answering, order, lastFailover } = this.#failover.state();
    return answering === order[0]
      ? this.#first.problem?.()
      : `${answering} answers in place of ${order[0]}, and nothing can be written: ${lastFailover?.reason}`;
  }

  async put(path: string, write: SecretWrite): Promise<SecretMetadata> {
    const written = await this.#write('written', store =>
      store.put(path, write),
    );
    await this.#copy(written, write.values);
    return written;
  }

  async rotate(
    path: string,
    write: { values: SecretValues; expectedVersion: number },
  ): Promise<SecretMetadata> {
    const written = await this.#write('rotated', store =>
      store.rotate(path, write),
    );
    await this.#copy(written, write.values);
    return written;
  }

  async get(path: string, version?: number): Promise<SecretContent> {
    const { answer, by } = await this.#failover.look(
      async (store, { isFirst }) =>
        isFirst
          ? store.get(path, version)
          : (await this.#copies.get(store, path, version)) ?? NO_ANSWER,
      NEVER,
    );
    if (by.adapter === this.#first && version === undefined) {
      await this.#catchUp(path, answer);
    }
    return answer;
  }

  async describe(path: string): Promise<SecretMetadata | undefined> {
    const { answer } = await this.#failover.look<SecretMetadata | undefined>(
      async (store, { isFirst }) =>
        isFirst
          ? store.describe(path)
          : (await this.#copies.describe(store, path)) ?? NO_ANSWER,
      NEVER,
    );
    return answer;
  }

  /** Of the first only: a list that lacks what was never copied would be taken for the whole. */
  async list(): Promise<SecretMetadata[]> {
    const { answer } = await this.#failover.look(
      async (store, { isFirst }) => (isFirst ? store.list() : NO_ANSWER),
      NEVER,
    );
    return answer;
  }

  /** The copies first: what is destroyed must not be left in the place where nobody looks. */
  async destroy(path: string): Promise<void> {
    for (const standby of this.#standbys) {
      await this.#copies.destroy(standby, path);
    }
    await this.#write('destroyed', store => store.destroy(path));
  }

  async #write<T>(
    what: string,
    make: (store: SecretStore) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#failover.change(make, NEVER);
    } catch (error) {
      if (error instanceof DependencyUnavailable) {
        throw new DependencyUnavailable(
          `Nothing was ${what}, as standbys take no writes: ${error.message}`,
          error.dependency,
          error.retryAt,
        );
      }
      if (isOutage(error)) {
        throw new ServiceUnavailableError(
          `'${
            this.id
          }' did not say whether it has ${what} it, and standbys take no writes: ${
            error instanceof Error ? error.message : String(error)
          }`,
        );
      }
      throw error;
    }
  }

  /** What people wrote into the first by other means is copied when it is first read. */
  async #catchUp(
    path: string,
    { values, version }: SecretContent,
  ): Promise<void> {
    const copied = await Promise.all(
      this.#standbys.map(standby =>
        this.#copies.describe(standby, path).catch(() => undefined),
      ),
    );
    if (copied.every(copy => copy && copy.version >= version)) {
      return;
    }
    const original = await this.#first.describe(path).catch(() => undefined);
    if (original?.version === version) {
      await this.#copy(original, values);
    }
  }

  /** A copy that cannot be made is made at the next reading; until then there is none, or the one before. */
  async #copy(original: SecretMetadata, values: SecretValues): Promise<void> {
    for (const standby of this.#standbys) {
      try {
        await this.#copies.keep(standby, original, values);
      } catch (error) {
        this.#logger.warn(
          `'${standby.id}' has no copy of the present version of ${this.id}/${original.path}`,
          { error: String(error) },
        );
      }
    }
  }
}
