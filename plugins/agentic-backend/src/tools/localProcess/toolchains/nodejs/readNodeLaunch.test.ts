import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readNodeLaunch } from './readNodeLaunch';

describe('readNodeLaunch', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-launch-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (manifest: unknown, launch?: unknown) => {
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    if (launch) {
      mkdirSync(path.join(folder, '.agentic'));
      writeFileSync(
        path.join(folder, '.agentic', 'launch.json'),
        JSON.stringify(launch),
      );
    }
  };
  const service = { name: 'user-service', version: '1.2.3' };

  it('takes plain calls of Node from the scripts', async () => {
    write({
      ...service,
      scripts: { start: 'node src/main.ts', migrate: 'node src/migrate.ts up' },
    });
    expect(await readNodeLaunch(folder)).toEqual({
      ...service,
      argv: ['src/main.ts'],
      migrate: ['src/migrate.ts', 'up'],
      healthPath: '/health',
      readinessPath: '/ready',
    });
  });

  it("prefers the repository's own description", async () => {
    write(
      { ...service, scripts: { start: 'node other.js' } },
      { argv: ['node', 'src/main.js'], healthPath: '/live' },
    );
    expect(await readNodeLaunch(folder)).toMatchObject({
      argv: ['src/main.js'],
      healthPath: '/live',
    });
  });

  it.each([
    'npm run build && node dist/main.js',
    'node main.js; rm -rf /',
    'node $(id)',
    'node `id`',
    'sh start.sh',
    'node main.js > log',
    '',
  ])('refuses the script %j', async start => {
    write({ ...service, scripts: { start } });
    await expect(readNodeLaunch(folder)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining("script 'start'"),
    });
  });

  it('refuses a repository that is no Node.js service', async () => {
    await expect(readNodeLaunch(folder)).rejects.toThrow(/package.json/);
  });
});
