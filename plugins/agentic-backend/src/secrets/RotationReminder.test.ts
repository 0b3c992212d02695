import { MemorySecretStore } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { RotationReminder } from './RotationReminder';
import { SecretAccessRecords } from './SecretAccessRecords';
import { SecretService } from './SecretService';
import { SecretStores } from './SecretStores';

const DAY = 24 * 60 * 60_000;
const databases = testDatabases();

describe('secrets that are due', () => {
  let knex: Knex;
  let store: MemorySecretStore;
  let service: SecretService;
  const now = Date.now();

  const reminder = (...recipients: string[]) =>
    new RotationReminder({ knex, secrets: service, recipients });
  const notified = async () =>
    (await knex('outbox').where('kind', 'notification')).map(row =>
      JSON.parse(row.payload),
    );

  beforeEach(async () => {
    knex = await databases.open('SQLite');
    await AgenticDatabase.create({ getClient: async () => knex });
    store = new MemorySecretStore('portal');
    service = new SecretService({
      stores: new SecretStores({
        own: store,
        others: [],
        defaultStore: 'portal',
      }),
      records: new SecretAccessRecords(knex),
    });
    await store.put('ninety', { values: { password: 'not to be seen' } });
    await store.put('seven', {
      values: { password: 'not to be seen' },
      rotateAfterDays: 7,
    });
  });

  it.each([
    [6, []],
    [8, ['seven']],
    [89, ['seven']],
    [91, ['seven', 'ninety']],
  ])('after %d days are %j, the longest overdue first', async (days, due) => {
    const { secrets } = await service.due(now + days * DAY);
    expect(secrets.map(({ path }) => path)).toEqual(due);
  });

  it('are told of once a week, until they have a new value', async () => {
    const people = reminder('group:default/platform');
    expect(await people.remind(now + DAY)).toBe(0);
    expect(await people.remind(now + 8 * DAY)).toBe(1);
    expect(await people.remind(now + 9 * DAY)).toBe(0);
    expect(await people.remind(now + 16 * DAY)).toBe(1);
    await store.put('seven', { values: { password: 'another one' } });
    expect(await people.remind(now + 5 * DAY)).toBe(0);
    const sent = await notified();
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatchObject({
      recipients: ['group:default/platform'],
      title: 'portal/seven is due for a new value',
      link: '/agentic/secrets',
    });
    expect(JSON.stringify(sent)).not.toContain('not to be seen');
  });

  it('are not noted as told when there is nobody to tell', async () => {
    expect(await reminder().remind(now + 100 * DAY)).toBe(0);
    expect(await reminder('user:default/ada').remind(now + 100 * DAY)).toBe(2);
  });

  it('are listed also when a store does not answer, which is named', async () => {
    const broken = Object.assign(new MemorySecretStore('vault'), {
      list: () => Promise.reject(new Error('connection refused')),
    });
    const stores = new SecretStores({
      own: store,
      others: [broken],
      defaultStore: 'portal',
    });
    const list = await new SecretService({
      stores,
      records: new SecretAccessRecords(knex),
    }).list();
    expect(list.secrets).toHaveLength(2);
    expect(list.stores).toEqual([
      expect.objectContaining({ id: 'portal', isDefault: true }),
      expect.objectContaining({ id: 'vault', problem: 'connection refused' }),
    ]);
  });
});

describe('SecretStores', () => {
  const own = new MemorySecretStore('portal');

  it('refuses a default that is not there and ids that are there twice', () => {
    expect(
      () => new SecretStores({ own, others: [], defaultStore: 'vault' }),
    ).toThrow(/agentic\.secrets\.defaultStore is 'vault'/);
    expect(
      () => new SecretStores({ own, others: [own], defaultStore: 'portal' }),
    ).toThrow(/the id 'portal'/);
  });

  it('finds what was put before there was another default', async () => {
    const vault = new MemorySecretStore('vault');
    const stores = new SecretStores({
      own,
      others: [vault],
      defaultStore: 'vault',
    });
    await own.put('old', { values: { password: 'a password' } });
    await vault.put('new', { values: { password: 'a password' } });
    expect((await stores.find('old'))?.store.id).toBe('portal');
    expect((await stores.find('new'))?.store.id).toBe('vault');
    expect(await stores.find('none')).toBeUndefined();
  });
});
