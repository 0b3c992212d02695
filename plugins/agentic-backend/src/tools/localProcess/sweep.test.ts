import type { SweepContext } from '@agentic-backstage/plugin-agentic-node';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { aTarget, livingProcesses } from './__fixtures__/aTarget';
import type { DeploymentState } from './DeploymentStates';
import { createLeftoversSweepTask } from './sweepLeftovers';
import { createProcessesSweepTask } from './sweepProcesses';
import { createReleasesSweepTask, foldersInUse } from './sweepReleases';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;

function aState(change: Partial<DeploymentState>): DeploymentState {
  return {
    deploymentId: 'local-1',
    serviceName: 'orders',
    language: 'nodejs',
    environment: 'development',
    commit: 'a'.repeat(40),
    version: '1',
    manifestVersion: '1',
    releaseDir: '/releases/1',
    argv: ['node'],
    healthPath: '/health',
    readinessPath: '/health',
    database: false,
    port: 21000,
    isolation: 'not isolated',
    startedAt: '2026-01-01T00:00:00.000Z',
    wanted: 'stopped',
    ...change,
  };
}

describe('foldersInUse', () => {
  const first = aState({ deploymentId: 'a', releaseDir: '/r/a' });
  const second = aState({
    deploymentId: 'b',
    releaseDir: '/r/b',
    previous: 'a',
  });
  const running = aState({
    deploymentId: 'c',
    releaseDir: '/r/c',
    previous: 'b',
    wanted: 'running',
  });

  it.each([
    ['nothing', [], []],
    ['what does not run', [first], []],
    ['what runs', [{ ...first, wanted: 'running' as const }], ['/r/a']],
    [
      'what would run again, and again',
      [first, second, running],
      ['/r/c', '/r/b', '/r/a'],
    ],
    ['a past that is gone', [running], ['/r/c']],
    [
      'a past that goes round in circles',
      [{ ...first, previous: 'c' }, second, running],
      ['/r/c', '/r/b', '/r/a'],
    ],
  ])('of %s', (_what, states, expected) => {
    expect([...foldersInUse(states)]).toEqual(expected);
  });
});

describe('sweeping the local target', () => {
  let world: ReturnType<typeof aTarget>;
  beforeEach(() => {
    world = aTarget();
  });
  afterEach(() => world.tearDown());

  const context = (change: Partial<SweepContext> = {}): SweepContext => ({
    now: new Date(),
    olderThan: new Date(Date.now() + HOUR_MS),
    archivedBefore: new Date(),
    records: world.context.records,
    signal: new AbortController().signal,
    ...change,
  });

  it('leaves what runs, and stops what lives although its deployment is over', async () => {
    const params = await world.publish();
    await world.tool.execute(params, world.context);
    const task = createProcessesSweepTask(world.target);
    expect(await task.find(context())).toEqual([]);

    const [record] = await world.context.records.deployments.list();
    await world.context.records.deployments.put({
      ...record,
      status: 'stopped',
    });
    const [candidate] = await task.find(context());
    expect(candidate).toMatchObject({
      reason: 'The deployment is stopped, but its processes live',
      belongsTo: {
        deployments: [record.deploymentId],
        workflows: [record.workflowId],
      },
    });
    const stale = { ...candidate, id: `${record.deploymentId}:1` };
    expect(await task.remove(stale, context())).toMatchObject({
      state: 'confirmed',
    });
    expect(livingProcesses(world.dataDir)).not.toEqual([]);
    expect(await task.remove(candidate, context())).toMatchObject({
      state: 'absent',
    });
    expect(livingProcesses(world.dataDir)).toEqual([]);
    expect(await task.remove(candidate, context())).toMatchObject({
      state: 'absent',
    });
  });

  it('deletes a release when nothing runs from it or would go back to it', async () => {
    const task = createReleasesSweepTask(world.options, world.target);
    const params = await world.publish();
    await world.tool.execute(params, world.context);
    expect(await task.find(context())).toEqual([]);

    const [state] = await world.target.states.list();
    await world.target.stop(state);
    expect(
      await task.find(context({ olderThan: new Date(Date.now() - HOUR_MS) })),
    ).toEqual([]);
    const [candidate] = await task.find(context());
    expect(candidate).toMatchObject({
      id: `user-service/${params.commit}`,
      belongsTo: {
        deployments: [state.deploymentId],
        workflows: [world.context.workflowId],
      },
    });
    expect(await task.remove(candidate, context())).toMatchObject({
      state: 'absent',
    });
    expect(existsSync(state.releaseDir)).toBe(false);
    expect(await task.remove(candidate, context())).toMatchObject({
      state: 'absent',
    });
  });

  it('deletes checkouts that were left half done, and logs of what ended long ago', async () => {
    const task = createLeftoversSweepTask(world.options, world.target);
    const params = await world.publish();
    await world.tool.execute(params, world.context);
    const [state] = await world.target.states.list();
    const log = world.target.states.logFile(state.deploymentId);
    const folder = `${path.dirname(state.releaseDir)}/${'a'.repeat(
      40,
    )}.${randomUUID()}.new`;
    mkdirSync(folder);
    const later = (days: number) => ({
      now: new Date(Date.now() + days * 24 * HOUR_MS),
      archivedBefore: new Date(Date.now() + HOUR_MS),
    });
    expect(await task.find(context(later(0)))).toEqual([]);
    const [checkout, ...more] = await task.find(context(later(2)));
    expect(checkout.title).toBe('Unfinished checkout of user-service');
    expect(more).toEqual([]);
    expect(await task.remove(checkout, context(later(2)))).toMatchObject({
      state: 'absent',
    });
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(state.releaseDir)).toBe(true);

    await world.target.stop(state);
    expect(existsSync(log)).toBe(true);
    const [old] = await task.find(context(later(2)));
    expect(old).toMatchObject({
      id: `log:${state.deploymentId}`,
      belongsTo: { deployments: [state.deploymentId] },
    });
    const young = context({ archivedBefore: new Date(0) });
    expect(await task.remove(old, young)).toMatchObject({ state: 'confirmed' });
    expect(await task.remove(old, context(later(2)))).toMatchObject({
      state: 'absent',
    });
    expect(existsSync(log)).toBe(false);
    expect(await world.target.states.list()).toHaveLength(1);
  });

  it.each(['../secrets', 'user-service/../..', 'user-service', 'a/b/c'])(
    'refuses to remove %s',
    async id => {
      const task = createReleasesSweepTask(world.options, world.target);
      await expect(
        task.remove(
          { id, title: '', reason: '', action: '', belongsTo: {} },
          context(),
        ),
      ).rejects.toThrow('is no release');
      expect(existsSync(path.dirname(world.dataDir))).toBe(true);
    },
  );
});
