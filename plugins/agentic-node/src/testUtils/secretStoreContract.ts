import { randomBytes } from 'node:crypto';
import type { SecretStore } from '../secrets';

/**
 * What every store of secrets has to keep, as tests. Call it at the top of a test file with a way to
 * make a store that is empty or shared: each test uses paths of its own.
 */
export function secretStoreContract(options: {
  name: string;
  setUp: () => Promise<SecretStore>;
}): void {
  // Taken here and not when the module is loaded, so that it can be loaded without a test runner.
  const { beforeEach: before, describe: suite, it: test } = globalThis;
  const expectThat = expect;

  suite(`${options.name} keeps the contract of secret stores`, () => {
    let store: SecretStore;
    let path: string;

    before(async () => {
      store = await options.setUp();
      path = `contract/${randomBytes(6).toString('hex')}/database`;
    });

    test('answers what was put, byte by byte', async () => {
      const values = {
        password: 'p@ss"wörd\\\n\t☃ ${x} {{y}} %00',
        certificate: `-----BEGIN X-----\n${'a'.repeat(
          4000,
        )}\n-----END X-----\n`,
      };
      const put = await store.put(path, { values });
      expectThat(put).toMatchObject({ store: store.id, path, version: 1 });
      expectThat(await store.get(path)).toEqual({ values, version: 1 });
    });

    test('counts versions and keeps the one before', async () => {
      await store.put(path, { values: { password: 'the first one' } });
      await store.put(path, { values: { password: 'the second one' } });
      expectThat(await store.get(path)).toEqual({
        values: { password: 'the second one' },
        version: 2,
      });
      expectThat(await store.get(path, 1)).toEqual({
        values: { password: 'the first one' },
        version: 1,
      });
      await expectThat(store.get(path, 3)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });

    test('replaces the values as a whole and keeps labels and term', async () => {
      await store.put(path, {
        values: { one: 'value one', two: 'value two' },
        labels: { database: 'users' },
        rotateAfterDays: 7,
      });
      await store.put(path, { values: { one: 'value three' } });
      expectThat(await store.get(path)).toEqual({
        values: { one: 'value three' },
        version: 2,
      });
      expectThat(await store.describe(path)).toMatchObject({
        labels: { database: 'users' },
        rotateAfterDays: 7,
      });
    });

    test('says when a value was written, and 90 days where nothing else was said', async () => {
      const earliest = Date.now() - 5_000;
      await store.put(path, { values: { password: 'a password' } });
      const described = await store.describe(path);
      expectThat(described?.rotateAfterDays).toBe(90);
      expectThat(Date.parse(described!.rotatedAt)).toBeGreaterThan(earliest);
      expectThat(Date.parse(described!.rotatedAt)).toBeLessThan(
        Date.now() + 5_000,
      );
      expectThat(Date.parse(described!.createdAt)).toBeLessThanOrEqual(
        Date.parse(described!.rotatedAt),
      );
    });

    test('gives no value away in what may be said', async () => {
      await store.put(path, {
        values: { password: 'never-to-be-seen-0815' },
      });
      await store.rotate(path, {
        values: { password: 'never-to-be-seen-4711' },
        expectedVersion: 1,
      });
      const said = JSON.stringify([
        await store.describe(path),
        await store.list(),
      ]);
      expectThat(said).not.toContain('never-to-be-seen');
    });

    test('lets one of two writers win', async () => {
      await store.put(path, { values: { password: 'a password' } });
      const outcomes = await Promise.allSettled(
        ['second writer', 'third writer'].map(password =>
          store.put(path, { values: { password }, expectedVersion: 1 }),
        ),
      );
      expectThat(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expectThat(
        outcomes.find(({ status }) => status === 'rejected'),
      ).toMatchObject({ reason: { name: 'ConflictError' } });
      expectThat((await store.get(path)).version).toBe(2);
    });

    test('makes a secret only once when none is expected', async () => {
      const first = { values: { password: 'a password' }, expectedVersion: 0 };
      await store.put(path, first);
      await expectThat(store.put(path, first)).rejects.toMatchObject({
        name: 'ConflictError',
      });
    });

    test('rotates what is there, from the version that was seen', async () => {
      const next = { values: { password: 'a password' }, expectedVersion: 1 };
      await expectThat(store.rotate(path, next)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await store.put(path, { values: { password: 'an old password' } });
      expectThat(await store.rotate(path, next)).toMatchObject({ version: 2 });
      await expectThat(store.rotate(path, next)).rejects.toMatchObject({
        name: 'ConflictError',
      });
    });

    test('destroys every version and never uses a version number twice', async () => {
      await store.put(path, { values: { password: 'the first one' } });
      await store.put(path, { values: { password: 'the second one' } });
      await store.destroy(path);
      await store.destroy(path);
      expectThat(await store.describe(path)).toBeUndefined();
      expectThat((await store.list()).map(found => found.path)).not.toContain(
        path,
      );
      for (const version of [undefined, 1, 2]) {
        await expectThat(store.get(path, version)).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      }
      const again = await store.put(path, {
        values: { password: 'the third one' },
        expectedVersion: 0,
      });
      expectThat(again.version).toBe(3);
    });

    test('answers nothing for what is not there', async () => {
      expectThat(await store.describe(path)).toBeUndefined();
      await expectThat(store.get(path)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await expectThat(store.destroy(path)).resolves.toBeUndefined();
    });

    test('lists every secret, sorted by path', async () => {
      const paths = ['b', 'a', 'c/d'].map(name => `${path}/${name}`);
      for (const each of paths) {
        await store.put(each, { values: { password: 'a password' } });
      }
      const listed = (await store.list())
        .map(found => found.path)
        .filter(found => found.startsWith(path));
      expectThat(listed).toEqual([...paths].sort());
    });

    test.each([
      '../x',
      '/x',
      'x/',
      'x//y',
      'x/../y',
      'x y',
      '',
      'x?y',
      'x%2fy',
    ])('refuses the path %j', async hostile => {
      await expectThat(
        store.put(hostile, { values: { password: 'a password' } }),
      ).rejects.toThrow();
    });
  });
}
