import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSealingKeys } from './readSealingKeys';

const KEY = Buffer.alloc(32, 7).toString('base64');

describe('readSealingKeys', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-keys-test-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const read = (texts: string[], production = false) =>
    readSealingKeys({ texts, dataDir, production });

  it('takes the configured keys in their order and makes none', async () => {
    const other = Buffer.alloc(32, 8).toString('base64');
    const found = await read([KEY, other], true);
    expect(found.keys.map(({ key }) => key.toString('base64'))).toEqual([
      KEY,
      other,
    ]);
    expect(found).not.toHaveProperty('generatedFile');
  });

  it.each([
    ['too short', Buffer.alloc(31).toString('base64')],
    ['too long', Buffer.alloc(33).toString('base64')],
    ['a passphrase', 'correct horse battery staple'],
    ['not base64', `${KEY.slice(0, -4)}!!!=`],
  ])('refuses a key that is %s, without repeating it', async (_what, text) => {
    const failed = await read([KEY, text]).catch(error => error);
    expect(failed).toBeInstanceOf(Error);
    expect(failed.message).toMatch(
      /^agentic\.secrets\.keys\[1\].*openssl rand -base64 32/,
    );
    expect(failed.message).not.toContain(text);
  });

  it('makes one key in the data folder for several that start together, for its owner only', async () => {
    const found = await Promise.all([read([]), read([]), read([])]);
    const ids = found.map(({ keys }) => keys.map(({ id }) => id).join());
    expect(new Set(ids).size).toBe(1);
    const file = found[0].generatedFile!;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o077).toBe(0);
    expect((await read([])).keys[0].id).toBe(ids[0]);
  });

  it('makes none in production, and says what to do', async () => {
    expect(await read([], true)).toEqual({
      keys: [],
      problem: expect.stringContaining('agentic.secrets.keys'),
    });
  });
});
