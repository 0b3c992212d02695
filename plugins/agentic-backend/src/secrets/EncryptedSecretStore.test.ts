import { secretStoreContract } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { randomBytes } from 'node:crypto';
import { testDatabases } from '../__testUtils__/databases';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { EncryptedSecretStore } from './EncryptedSecretStore';
import { KEY_BYTES, sealingKey } from './sealing';

jest.setTimeout(120_000);

const databases = testDatabases();
const aKey = () => sealingKey(randomBytes(KEY_BYTES));
const [oldKey, newKey] = [aKey(), aKey()];

describe.each(databases.names)('on %s', databaseId => {
  let database: AgenticDatabase;

  const storeWith = (...keys: ReturnType<typeof aKey>[]) =>
    new EncryptedSecretStore({
      knex: database.knex,
      readKeys: async () => ({ keys }),
    });

  beforeAll(async () => {
    const knex = await databases.open(databaseId);
    database = await AgenticDatabase.create({ getClient: async () => knex });
  });

  secretStoreContract({
    name: 'EncryptedSecretStore',
    setUp: async () => storeWith(oldKey),
  });

  describe('EncryptedSecretStore', () => {
    const values = { password: 'a password nobody may see' };
    let path: string;

    beforeEach(() => {
      path = `kept/${randomBytes(6).toString('hex')}`;
    });

    it('keeps no value in any column, in no encoding', async () => {
      await storeWith(oldKey).put(path, { values });
      const rows = JSON.stringify([
        await database.knex('secrets'),
        await database.knex('secret_versions'),
      ]);
      const bytes = Buffer.from(values.password);
      for (const form of ['utf8', 'base64', 'hex'] as const) {
        expect(rows).not.toContain(bytes.toString(form));
      }
    });

    it('never writes the same ciphertext twice', async () => {
      await storeWith(oldKey).put(path, { values });
      await storeWith(oldKey).put(path, { values });
      const rows = await database.knex('secret_versions').where({ path });
      expect(new Set(rows.map(row => row.ciphertext)).size).toBe(2);
      expect(new Set(rows.map(row => row.wrapped_key)).size).toBe(2);
    });

    it.each(['ciphertext', 'wrapped_key'])(
      'does not open when a byte of %s was changed',
      async column => {
        const store = storeWith(oldKey);
        await store.put(path, { values });
        const [row] = await database.knex('secret_versions').where({ path });
        const bytes = Buffer.from(row[column], 'base64');
        for (const at of [0, 15, bytes.length - 1]) {
          const changed = Buffer.from(bytes);
          changed[at] = changed[at] === 0 ? 1 : changed[at] - 1;
          await database
            .knex('secret_versions')
            .where({ path })
            .update({ [column]: changed.toString('base64') });
          await expect(store.get(path)).rejects.toMatchObject({
            name: 'UnreadableSecretError',
          });
        }
      },
    );

    it('does not open when rows are swapped, of two secrets or of two versions', async () => {
      const store = storeWith(oldKey);
      await store.put(path, { values });
      await store.put(path, { values: { password: 'the next password' } });
      await store.put(`${path}/other`, { values: { password: 'of another' } });
      const rows = await database
        .knex('secret_versions')
        .where('path', 'like', `${path}%`)
        .orderBy(['path', 'version']);
      const [first, second, other] = rows;
      for (const [from, to] of [
        [first, second],
        [other, second],
      ]) {
        await database
          .knex('secret_versions')
          .where({ path: to.path, version: to.version })
          .update({
            ciphertext: from.ciphertext,
            wrapped_key: from.wrapped_key,
          });
        await expect(store.get(path)).rejects.toMatchObject({
          name: 'UnreadableSecretError',
        });
      }
    });

    it('reads with any configured key, writes with the first, and says which key is missing', async () => {
      await storeWith(oldKey).put(path, { values });
      expect((await storeWith(newKey, oldKey).get(path)).values).toEqual(
        values,
      );
      await expect(storeWith(newKey).get(path)).rejects.toMatchObject({
        name: 'UnreadableSecretError',
        message: expect.stringContaining(oldKey.id),
      });
      await storeWith(newKey, oldKey).put(path, { values });
      expect((await storeWith(newKey).get(path)).values).toEqual(values);
    });

    it('brings everything under the first key, once, also next to a row that does not open', async () => {
      await database.knex('secret_versions').delete();
      await storeWith(oldKey).put(path, { values });
      await storeWith(oldKey).put(path, { values: { password: 'the second' } });
      await storeWith(oldKey).put(`${path}/broken`, { values });
      await database
        .knex('secret_versions')
        .where('path', `${path}/broken`)
        .update({ wrapped_key: 'AAAA' });
      const both = storeWith(newKey, oldKey);
      expect(await both.reencrypt()).toEqual({ changed: 2, unreadable: 1 });
      expect(await both.reencrypt()).toEqual({ changed: 0, unreadable: 1 });
      const without = storeWith(newKey);
      expect((await without.get(path, 1)).values).toEqual(values);
      expect((await without.get(path)).values.password).toBe('the second');
      await database.knex('secret_versions').delete();
    });

    it('keeps the last five versions', async () => {
      const store = storeWith(oldKey);
      for (let n = 1; n <= 7; n++) {
        await store.put(path, { values: { password: `password ${n}` } });
      }
      await expect(store.get(path, 2)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      expect((await store.get(path, 3)).values.password).toBe('password 3');
    });

    it('cannot be used without a key, and says what to do', async () => {
      const store = new EncryptedSecretStore({
        knex: database.knex,
        readKeys: async () => ({
          keys: [],
          problem: 'Set agentic.secrets.keys',
        }),
      });
      expect(await store.problem()).toBe('Set agentic.secrets.keys');
      for (const use of [
        () => store.put(path, { values }),
        () => store.get(path),
      ]) {
        await expect(use()).rejects.toMatchObject({
          name: 'ServiceUnavailableError',
          message: expect.stringContaining('Set agentic.secrets.keys'),
        });
      }
    });

    it('refuses values that are too large', async () => {
      await expect(
        storeWith(oldKey).put(path, { values: { file: 'x'.repeat(70_000) } }),
      ).rejects.toThrow(/larger than/);
    });
  });
});
