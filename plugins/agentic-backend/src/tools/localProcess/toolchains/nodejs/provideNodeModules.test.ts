import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { aService } from '../../__fixtures__/aService';
import { localProcessOptions } from '../../localProcessOptions';
import { dependencyHash, provideNodeModules } from './provideNodeModules';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('provideNodeModules', () => {
  let dataDir: string;
  let release: string;

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-deps-test-'));
    release = path.join(dataDir, 'release');
    mkdirSync(release);
  });
  afterEach(() => {
    delete process.env.npm_config_registry;
    delete process.env.npm_config_cache;
    rmSync(dataDir, { recursive: true, force: true });
  });

  const options = () =>
    localProcessOptions(
      { dataDir, allowProduction: false },
      { dependencyStore: path.join(dataDir, 'store') },
    );
  const write = (dependencies: Record<string, string> = {}, name?: string) => {
    const files = aService({ dependencies, name });
    for (const file of files.filter(each => !each.path.includes('/'))) {
      writeFileSync(path.join(release, file.path), file.content);
    }
    return files.find(file => file.path === 'package-lock.json')!.content;
  };

  it('shares one entry between services with the same dependencies', () => {
    const hash = dependencyHash(write({}, 'one-service'));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(dependencyHash(write({}, 'two-service'))).toBe(hash);
    expect(dependencyHash(write({ express: '5.0.0' }))).not.toBe(hash);
  });

  it('links what the store has, without npm', async () => {
    const entry = path.join(
      dataDir,
      'store',
      dependencyHash(write({ a: '1.0.0' })),
    );
    mkdirSync(path.join(entry, 'node_modules', 'a'), { recursive: true });
    await provideNodeModules(options(), release, signal);
    expect(readlinkSync(path.join(release, 'node_modules'))).toBe(
      path.join(entry, 'node_modules'),
    );
    await provideNodeModules(options(), release, signal);
  });

  it('fills the store once, whole, and leaves nothing half', async () => {
    write();
    await Promise.all([
      provideNodeModules(options(), release, signal),
      provideNodeModules(options(), release, signal),
    ]);
    expect(existsSync(path.join(release, 'node_modules'))).toBe(true);
    expect(readdirSync(path.join(dataDir, 'store'))).toHaveLength(1);
  });

  it('says what to do when the dependencies are not there and cannot be fetched', async () => {
    process.env.npm_config_registry = 'http://127.0.0.1:9/';
    process.env.npm_config_cache = path.join(dataDir, 'npm-cache');
    const content = write();
    const lock = JSON.parse(content);
    lock.packages[''].dependencies = { 'left-out': '1.0.0' };
    lock.packages['node_modules/left-out'] = {
      version: '1.0.0',
      resolved: 'http://127.0.0.1:9/left-out/-/left-out-1.0.0.tgz',
      integrity: `sha512-${'A'.repeat(86)}==`,
    };
    writeFileSync(
      path.join(release, 'package-lock.json'),
      JSON.stringify(lock),
    );
    const manifest = {
      name: 'user-service',
      version: '0.1.0',
      dependencies: { 'left-out': '1.0.0' },
    };
    writeFileSync(path.join(release, 'package.json'), JSON.stringify(manifest));
    await expect(
      provideNodeModules(options(), release, signal),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /connect this machine to its npm registry/,
      ),
    });
    expect(readdirSync(path.join(dataDir, 'store'))).toEqual([]);
  });
});
