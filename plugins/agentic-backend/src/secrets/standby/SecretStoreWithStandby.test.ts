import {
  MemorySecretStore,
  secretStoreContract,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { SecretStore } from '@agentic-backstage/plugin-agentic-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { quietLogger } from '../../__testUtils__/quietServices';
import { Dependencies } from '../../resilience/Dependencies';
import { dependencyOfStore, STORE_POLICY, withStandbys } from './withStandbys';

/** A store that can be away. */
class Switched extends MemorySecretStore {
  away = false;

  override async put(...args: Parameters<MemorySecretStore['put']>) {
    this.#ask();
    return super.put(...args);
  }
  override async get(...args: Parameters<MemorySecretStore['get']>) {
    this.#ask();
    return super.get(...args);
  }
  override async describe(path: string) {
    this.#ask();
    return super.describe(path);
  }
  override async list() {
    this.#ask();
    return super.list();
  }
  override async destroy(path: string) {
    this.#ask();
    return super.destroy(path);
  }

  #ask(): void {
    if (this.away) throw new ServiceUnavailableError(`${this.id} is sealed`);
  }
}

function build(options: { order?: string[]; openSeconds?: number } = {}) {
  const vault = new Switched('vault');
  const portal = new Switched('portal');
  const order = options.order ?? ['vault', 'portal'];
  const dependencies = new Dependencies({
    tools: [],
    evaluators: [],
    logger: quietLogger,
    adapters: order.map(id => ({
      id: dependencyOfStore(id),
      kind: 'store',
      policy: { ...STORE_POLICY, retries: 0, openSeconds: 60, ...options },
    })),
  });
  const stores = withStandbys([portal, vault], {
    order,
    dependencies,
    logger: quietLogger,
  });
  const store = stores.find(({ id }) => id === order[0]) as SecretStore;
  return { vault, portal, store, stores, dependencies };
}

secretStoreContract({
  name: 'SecretStoreWithStandby',
  setUp: async () => build().store,
});

describe('SecretStoreWithStandby', () => {
  const written = async () => {
    const built = build();
    await built.store.put('team/db', {
      values: { password: 'the first one' },
      labels: { database: 'orders' },
    });
    return built;
  };

  it('reads from the standby while the first is away, and says who answered', async () => {
    const { store, vault, dependencies } = await written();
    vault.away = true;
    expect(await store.get('team/db')).toEqual({
      values: { password: 'the first one' },
      version: 1,
      answeredBy: 'portal',
    });
    expect(await store.describe('team/db')).toMatchObject({
      store: 'vault',
      path: 'team/db',
      version: 1,
      labels: { database: 'orders' },
    });
    expect(await store.problem?.()).toMatch(
      /store:portal answers in place of store:vault.*vault is sealed/,
    );
    expect(dependencies.failovers()).toMatchObject([
      { id: 'secrets', answering: 'store:portal' },
    ]);
  });

  it('returns to the first when its breaker has closed', async () => {
    const { store, vault } = build({ openSeconds: 0.05 });
    await store.put('team/db', { values: { password: 'the first one' } });
    vault.away = true;
    for (let times = 0; times < 4; times++) {
      expect((await store.get('team/db')).answeredBy).toBe('portal');
    }
    vault.away = false;
    await new Promise(resolve => setTimeout(resolve, 80));
    expect((await store.get('team/db')).answeredBy).toBeUndefined();
    expect(await store.problem?.()).toBeUndefined();
  });

  it('writes nothing while the first is away, and names the outage', async () => {
    const { store, vault, portal } = await written();
    vault.away = true;
    for (const write of [
      () => store.put('team/db', { values: { password: 'another' } }),
      () => store.put('team/new', { values: { password: 'another' } }),
      () =>
        store.rotate('team/db', {
          values: { password: 'another' },
          expectedVersion: 1,
        }),
      () => store.put('team/db', { values: { password: 'another' } }),
    ]) {
      await expect(write()).rejects.toThrow(
        /standbys take no writes.*vault is sealed/,
      );
    }
    expect((await portal.list()).map(({ path }) => path)).toEqual([
      'standby/vault/team/db',
    ]);
    expect((await store.get('team/db')).values.password).toBe('the first one');
  });

  it('never takes what the standby lacks for "there is none"', async () => {
    const { store, vault } = await written();
    await store.put('team/db', { values: { password: 'the second one' } });
    vault.away = true;
    for (const look of [
      () => store.get('team/other'),
      () => store.get('team/db', 1),
      () => store.describe('team/other'),
      () => store.list(),
    ]) {
      await expect(look()).rejects.toMatchObject({
        name: expect.stringMatching(
          /^(ServiceUnavailableError|DependencyUnavailable)$/,
        ),
        message: expect.stringContaining('vault is sealed'),
      });
    }
  });

  it('answers "there is none" when the first says so', async () => {
    const { store, portal } = await written();
    await portal.put('standby/vault/team/gone', {
      values: { password: 'of somebody' },
    });
    expect(await store.describe('team/gone')).toBeUndefined();
    await expect(store.get('team/gone')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('copies what people wrote into the first by other means when it is read', async () => {
    const { store, vault } = build();
    await vault.put('team/by-hand', { values: { password: 'typed in' } });
    await store.get('team/by-hand');
    vault.away = true;
    expect((await store.get('team/by-hand')).values.password).toBe('typed in');
  });

  it('goes on without the standby, and makes up for the copy later', async () => {
    const { store, vault, portal } = build();
    portal.away = true;
    await store.put('team/db', { values: { password: 'the first one' } });
    expect((await store.get('team/db')).version).toBe(1);
    portal.away = false;
    await store.get('team/db');
    vault.away = true;
    expect((await store.get('team/db')).answeredBy).toBe('portal');
  });

  it('leaves no copy of what was destroyed, and destroys nothing it cannot take out of the standby', async () => {
    const { store, vault, portal } = await written();
    portal.away = true;
    await expect(store.destroy('team/db')).rejects.toThrow('portal is sealed');
    expect(await vault.describe('team/db')).toBeDefined();
    portal.away = false;
    await store.destroy('team/db');
    expect(await vault.describe('team/db')).toBeUndefined();
    expect(await portal.list()).toEqual([]);
  });

  it.each([
    [['vault', 'safe'], /names 'safe', but the stores are portal, vault/],
    [['vault', 'vault'], /names 'vault' twice/],
  ])('refuses the order %j', (order, why) => {
    expect(() => build({ order })).toThrow(why);
  });

  it('leaves stores alone where there is no order', () => {
    const { stores, portal, vault } = build({ order: ['portal'] });
    expect(stores).toEqual([portal, vault]);
  });
});
