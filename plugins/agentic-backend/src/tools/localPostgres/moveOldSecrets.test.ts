import { testSecretAccess } from '@agentic-backstage/plugin-agentic-node/testUtils';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readDatabaseSecret } from './DatabaseSecrets';
import { moveOldSecrets } from './moveOldSecrets';

describe('moveOldSecrets', () => {
  let dataDir: string;
  const secret = {
    database: 'users',
    user: 'users',
    password: 'kept in a file',
  };
  const write = (name: string, content: unknown) =>
    writeFileSync(
      path.join(dataDir, 'secrets', name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-move-test-'));
    mkdirSync(path.join(dataDir, 'secrets'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('moves each password once, those of archived databases too, and leaves other files', async () => {
    const secrets = testSecretAccess();
    write('user-service.json', secret);
    write('old-service.old_archived_20260101000000.json', secret);
    write('portal.key', 'a key');
    expect(await moveOldSecrets(dataDir, secrets)).toEqual([
      'old-service.old_archived_20260101000000.json',
      'user-service.json',
    ]);
    expect(await readDatabaseSecret(secrets, 'user-service', 'test')).toEqual(
      secret,
    );
    expect((await secrets.store.list()).map(({ path: at }) => at)).toEqual([
      'local-postgres/old-service/old_archived_20260101000000',
      'local-postgres/user-service',
    ]);
    expect(readdirSync(path.join(dataDir, 'secrets'))).toEqual(['portal.key']);
    expect(await moveOldSecrets(dataDir, secrets)).toEqual([]);
  });

  it('goes on after a crash between putting and removing', async () => {
    const secrets = testSecretAccess();
    write('user-service.json', secret);
    await moveOldSecrets(dataDir, secrets);
    write('user-service.json', secret);
    expect(await moveOldSecrets(dataDir, secrets)).toEqual([
      'user-service.json',
    ]);
    expect((await secrets.store.list())[0].version).toBe(1);
  });

  it('keeps the file when the store cannot answer what was put', async () => {
    const secrets = testSecretAccess();
    write('user-service.json', secret);
    const forgetful = { ...secrets, resolve: async () => 'something else' };
    await expect(moveOldSecrets(dataDir, forgetful)).rejects.toThrow(
      /left where it is/,
    );
    expect(existsSync(path.join(dataDir, 'secrets', 'user-service.json'))).toBe(
      true,
    );
  });

  it('does nothing without the folder', async () => {
    rmSync(path.join(dataDir, 'secrets'), { recursive: true });
    expect(await moveOldSecrets(dataDir, testSecretAccess())).toEqual([]);
  });
});
