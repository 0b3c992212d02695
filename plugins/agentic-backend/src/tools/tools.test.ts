import {
  MemoryRecords,
  recordingHost,
  testSecretAccess,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { builtInToolModules } from './index';

const folders = ['catalog', 'git', 'localPostgres', 'localProcess'];

async function registered() {
  const { plugin, launchTasks, probes, tools } = recordingHost();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-tools-test-'));
  const backend = await startTestBackend({
    features: [
      plugin,
      ...builtInToolModules,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: { agentic: { dataDir } } }),
    ],
  });
  expect(launchTasks.map(({ id }) => id)).toEqual(['local-process']);
  // With nothing on record there is nothing to take over, and nothing is made.
  await launchTasks[0].run(new MemoryRecords(), testSecretAccess());
  expect(readdirSync(dataDir)).toEqual([]);
  await backend.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return { tools, probes };
}

describe('the built-in tools', () => {
  it('register through the extension points, without touching the disk', async () => {
    const { tools, probes } = await registered();
    expect(tools.map(tool => `${tool.lane} ${tool.id}`).sort()).toEqual([
      'execute catalog.register',
      'execute git.publish',
      'execute postgres.provision',
      'execute process.deploy',
      'read_only git.read',
      'read_only http.probe',
      'read_only process.logs',
    ]);
    const reports = await Promise.all(probes.map(probe => probe.probe()));
    expect(
      reports
        .flat()
        .map(report => report.id)
        .sort(),
    ).toEqual(['git', 'go', 'nodejs', 'postgresql', 'python']);
  });

  it('are each described in the README of their folder', async () => {
    const { tools } = await registered();
    const readmes = folders
      .map(folder => path.join(__dirname, folder, 'README.md'))
      .map(file => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
    expect(readmes.every(text => text.length > 0)).toBe(true);
    for (const tool of tools) {
      expect(readmes.join('\n')).toContain(`\`${tool.id}\``);
    }
  });
});
