import type { SweepContext } from '@agentic-backstage/plugin-agentic-node';
import {
  MemoryRecords,
  toolContext,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gitOptions } from './gitOptions';
import { createGitPublishTool } from './gitPublishTool';
import {
  createArchiveSweepTask,
  createRepositoriesSweepTask,
} from './sweepRepositories';

const HOUR_MS = 3_600_000;

describe('sweeping repositories', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-sweep-git-'));
  const options = gitOptions({ dataDir, allowProduction: false });
  const folderOf = (name: string) =>
    path.join(options.repositoriesDir, `${name}.git`);
  const archive = path.join(options.repositoriesDir, '.archive');
  const repositories = createRepositoriesSweepTask(options);
  const archived = createArchiveSweepTask(options);

  /** A look in an hour, when nothing is new any more. */
  const later = (change: Partial<SweepContext> = {}): SweepContext => ({
    now: new Date(),
    olderThan: new Date(Date.now() + HOUR_MS),
    archivedBefore: new Date(Date.now() + HOUR_MS),
    records: new MemoryRecords(),
    signal: new AbortController().signal,
    ...change,
  });

  async function publish(serviceName: string, content: string): Promise<void> {
    const context = toolContext({
      idempotencyKey: `wf-${serviceName}.t4.${content}`,
    });
    const { artifactId } = await context.artifacts.save({
      name: 'service',
      files: [{ path: 'README.md', content }],
    });
    await createGitPublishTool(options).execute(
      {
        serviceName,
        artifactIds: [artifactId],
        message: 'feat: it',
        branch: 'main',
      },
      context,
    );
  }

  beforeAll(async () => {
    await publish('ours', 'one');
    mkdirSync(folderOf('theirs'), { recursive: true });
    spawnSync('git', ['init', '--quiet', '--bare', folderOf('theirs')]);
    symlinkSync(os.tmpdir(), folderOf('linked'));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('finds what we made, says whose it is, and nothing else', async () => {
    const found = await repositories.find(later());
    expect(found).toEqual([
      {
        id: expect.stringMatching(/^ours:[0-9a-f]{40}$/),
        title: 'Repository of ours',
        reason: expect.stringContaining('Made by wf-ours.t4.one'),
        action: 'moved to the archive folder',
        belongsTo: { workflows: ['wf-ours'], services: ['ours'] },
      },
    ]);
  });

  it('leaves alone what was written a short while ago', async () => {
    const olderThan = new Date(Date.now() - HOUR_MS);
    expect(await repositories.find(later({ olderThan }))).toEqual([]);
  });

  it('keeps a repository that was pushed to since it was found', async () => {
    const [candidate] = await repositories.find(later());
    await publish('ours', 'two');
    expect(await repositories.remove(candidate, later())).toMatchObject({
      state: 'confirmed',
      evidence: expect.stringContaining('written to since and stays'),
    });
    expect(existsSync(folderOf('ours'))).toBe(true);
  });

  it('moves it to the archive, and says so again when asked again', async () => {
    const [candidate] = await repositories.find(later());
    expect(await repositories.remove(candidate, later())).toMatchObject({
      state: 'absent',
      evidence: expect.stringMatching(/^Moved to ours-/),
    });
    expect(existsSync(folderOf('ours'))).toBe(false);
    expect(existsSync(folderOf('theirs'))).toBe(true);
    expect(await repositories.remove(candidate, later())).toMatchObject({
      state: 'absent',
    });
    expect(readdirSync(archive)).toHaveLength(1);
  });

  it('deletes from the archive only what was set aside long ago, and only what we put there', async () => {
    mkdirSync(path.join(archive, 'somebody-2020-01-01T00-00-00-000Z.git'));
    const archivedBefore = new Date(Date.now() - HOUR_MS);
    expect(await archived.find(later({ archivedBefore }))).toEqual([]);
    const found = await archived.find(later());
    expect(found.map(({ title }) => title)).toEqual([
      'Archived repository of ours',
    ]);
    expect(found[0].belongsTo).toEqual({ workflows: ['wf-ours'] });
    expect(await archived.remove(found[0], later())).toMatchObject({
      state: 'absent',
    });
    expect(readdirSync(archive)).toEqual([
      'somebody-2020-01-01T00-00-00-000Z.git',
    ]);
  });
});
