import type {
  DependencyPolicy,
  SecretStore,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Dependencies } from '../../resilience/Dependencies';
import { SecretStoreWithStandby } from './SecretStoreWithStandby';

/** A store that does not answer is given up soon: another one waits to be asked. */
export const STORE_POLICY: DependencyPolicy = {
  timeoutSeconds: 15,
  retries: 1,
  breakAfter: 3,
  openSeconds: 30,
};

/** The id of a store among the things the portal leans on. */
export function dependencyOfStore(id: string): string {
  return `store:${id}`;
}

/**
 * The stores with the first of `order` backed by the others of it. Throws when a name of the order is
 * no store.
 */
export function withStandbys(
  stores: readonly SecretStore[],
  options: {
    order: readonly string[];
    dependencies: Dependencies;
    logger: LoggerService;
  },
): readonly SecretStore[] {
  const { order, dependencies, logger } = options;
  if (order.length < 2) {
    return stores;
  }
  const twice = order.find((id, index) => order.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new Error(
      `agentic.secrets.stores names '${twice}' twice; name each store once`,
    );
  }
  const ordered = order.map(id => {
    const store = stores.find(candidate => candidate.id === id);
    if (!store) {
      throw new Error(
        `agentic.secrets.stores names '${id}', but the stores are ${stores
          .map(each => each.id)
          .join(
            ', ',
          )}; add the module of that store to the backend, or leave it out`,
      );
    }
    return store;
  });
  const [first, ...standbys] = ordered;
  const failover = dependencies.failover(
    'secrets',
    ordered.map(store => ({
      adapter: store,
      dependency: dependencies.ofAdapter(dependencyOfStore(store.id)),
    })),
  );
  const composed = new SecretStoreWithStandby({
    first,
    standbys,
    failover,
    logger,
  });
  return stores.map(store => (store === first ? composed : store));
}
