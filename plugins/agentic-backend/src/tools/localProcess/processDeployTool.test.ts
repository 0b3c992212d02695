import { effectToolContract } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isPortFree } from '../exec/freePort';
import { aTarget, livingProcesses } from './__fixtures__/aTarget';
import { createHttpProbeTool } from './httpProbeTool';
import { createProcessLogsTool } from './processLogsTool';
import { reconcileDeployments } from './reconcileDeployments';

jest.setTimeout(60_000);

type Target = ReturnType<typeof aTarget>;

const valid = {
  serviceName: 'user-service',
  environment: 'development',
  artifactIds: [],
  commit: 'a'.repeat(40),
  port: 8080,
  database: false,
};

async function get(port: number, path: string): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).json();
}

effectToolContract({
  name: 'process.deploy',
  invalidParams: {
    'a hostile service name': { ...valid, serviceName: '../x' },
    'a hostile environment': { ...valid, environment: 'a b' },
    'an abbreviated commit': { ...valid, commit: 'abc' },
    'an option in place of a commit': { ...valid, commit: '--upload-pack=x' },
    'a port out of range': { ...valid, port: 70000 },
    'unknown fields': { ...valid, env: { NODE_OPTIONS: '--require x' } },
  },
  async setUp() {
    const target = aTarget();
    return { ...target, params: await target.publish() };
  },
});

describe('process.deploy', () => {
  let world: Target;

  beforeEach(() => {
    world = aTarget();
  });
  afterEach(async () => {
    await world.tearDown();
  });

  it('runs the service on loopback with an environment of its own, and nothing of the portal', async () => {
    process.env.A_SECRET_OF_THE_PORTAL = 'secret';
    const params = await world.publish();
    const result = await world.tool.execute(params, world.context);
    delete process.env.A_SECRET_OF_THE_PORTAL;

    expect(result.version).toBe(`0.1.0+${params.commit?.slice(0, 12)}`);
    expect(await get(result.port, '/env')).toEqual({
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      HOST: '127.0.0.1',
      PORT: String(result.port),
      NODE_ENV: 'production',
      SERVICE_VERSION: result.version,
      AGENTIC_DEPLOYMENT_ID: result.deploymentId,
    });
    expect(
      await world.context.records.deployments.get(result.deploymentId),
    ).toMatchObject({
      status: 'running',
      target: 'local-process',
      url: result.url,
      isolation: result.isolation,
      effectId: world.context.effectId,
      handle: { pid: result.pid, port: result.port },
    });
  });

  it('stops with everything it started, also what left its process group', async () => {
    const sleeper = "'-e', 'setInterval(() => {}, 1000)'";
    const params = await world.publish({
      prelude: `
        spawn(process.execPath, [${sleeper}], { stdio: 'ignore' });
        spawn(process.execPath, [${sleeper}], { stdio: 'ignore', detached: true }).unref();`,
    });
    const { port } = await world.tool.execute(params, world.context);
    expect(livingProcesses(world.dataDir)).toHaveLength(3);
    expect(
      await world.tool.rollback(params, undefined, world.context),
    ).toMatchObject({ state: 'absent' });
    expect(livingProcesses(world.dataDir)).toEqual([]);
    expect(await isPortFree(port)).toBe(true);
  });

  it('kills what does not listen to SIGTERM', async () => {
    const params = await world.publish({
      prelude:
        "process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});",
      onDo: "process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => {})",
    });
    const { port } = await world.tool.execute(params, world.context);
    await get(port, '/do');
    const started = Date.now();
    const undone = await world.tool.rollback(params, undefined, world.context);
    expect(undone.state).toBe('absent');
    expect(Date.now() - started).toBeGreaterThanOrEqual(2_000);
  });

  it.each([
    [
      'ends at once',
      { prelude: "console.error('no such setting'); process.exit(3);" },
      /ended while it was starting.*no such setting/s,
    ],
    [
      'never listens',
      { prelude: 'await new Promise(() => setInterval(() => {}, 1000));' },
      /was not ready within 2 s/,
    ],
    [
      'calls itself by another name',
      { claims: 'other-service' },
      /as 'other-service' version '0.1.0', expected 'user-service'/,
    ],
  ])(
    'leaves nothing behind when the service %s',
    async (_, service, message) => {
      await world.tearDown();
      world = aTarget({ startTimeoutMs: 2_000 });
      const params = await world.publish(service);
      await expect(world.tool.execute(params, world.context)).rejects.toThrow(
        message,
      );
      expect(livingProcesses(world.dataDir)).toEqual([]);
      const [record] = await world.context.records.deployments.list();
      expect(record).toMatchObject({
        status: 'failed',
        handle: { reason: expect.stringMatching(message) },
      });
      expect(
        await world.tool.readBack(params, undefined, world.context),
      ).toMatchObject({ state: 'absent' });
    },
  );

  it('does not take another process on its port for the service', async () => {
    const params = await world.publish();
    const result = await world.tool.execute(params, world.context);
    const state = (await world.target.find(result.deploymentId))!;
    const impostor = createServer((_, response) =>
      response.end(
        JSON.stringify({ service: 'user-service', version: '0.1.0' }),
      ),
    );
    const port = await world.target.choosePort('other', 'development');
    await new Promise<void>(resolve =>
      impostor.listen(port, '127.0.0.1', resolve),
    );
    try {
      await world.target.states.put({ ...state, port });
      expect(
        await world.tool.readBack(params, undefined, world.context),
      ).toMatchObject({
        state: 'unknown',
        evidence: expect.stringContaining('another process listens'),
      });
      const probe = createHttpProbeTool(world.target);
      expect(
        await probe.read({ deploymentId: result.deploymentId }, world.context),
      ).toMatchObject({ healthy: false, ready: false, body: '' });
    } finally {
      await new Promise(resolve => impostor.close(resolve));
      await world.target.states.put(state);
    }
  });

  it('replaces the version before it once the new one answers, and brings it back on rollback', async () => {
    const first = await world.publish({ version: '0.1.0' });
    const one = await world.tool.execute(first, world.context);
    const second = await world.publish({ version: '0.2.0' });
    const later = { ...world.context, idempotencyKey: 'wf-2.t5.deploy' };
    const dryRun = await world.tool.dryRun(second, later);
    expect(dryRun.changes).toContainEqual(
      expect.objectContaining({
        action: 'delete',
        resource: expect.stringContaining(one.version),
      }),
    );

    const two = await world.tool.execute(second, later);
    expect(two.port).not.toBe(one.port);
    const statuses = async () =>
      Object.fromEntries(
        (await world.context.records.deployments.list()).map(record => [
          record.version,
          record.status,
        ]),
      );
    expect(await statuses()).toEqual({
      [one.version]: 'stopped',
      [two.version]: 'running',
    });
    expect(livingProcesses(world.dataDir)).toEqual([two.pid]);

    const undone = await world.tool.rollback(second, two, later);
    expect(undone).toMatchObject({
      state: 'absent',
      evidence: expect.stringContaining('was started again'),
    });
    expect(await statuses()).toEqual({
      [one.version]: 'running',
      [two.version]: 'rolled_back',
    });
    expect(await get(one.port, '/health')).toMatchObject({ version: '0.1.0' });
    expect(
      await world.tool.readBack(first, undefined, world.context),
    ).toMatchObject({ state: 'confirmed' });
  });

  it('keeps the version before it when the new one does not come up', async () => {
    const first = await world.publish({ version: '0.1.0' });
    const one = await world.tool.execute(first, world.context);
    const second = await world.publish({
      prelude: 'throw new Error("broken")',
    });
    await expect(
      world.tool.execute(second, {
        ...world.context,
        idempotencyKey: 'wf-2.t5.deploy',
      }),
    ).rejects.toThrow(/broken/);
    expect(livingProcesses(world.dataDir)).toEqual([one.pid]);
  });

  it('recovers when the portal was killed between starting the process and recording it', async () => {
    const params = await world.publish();
    const first = await world.tool.execute(params, world.context);
    const state = (await world.target.find(first.deploymentId))!;
    await world.target.states.put({
      ...state,
      pid: undefined,
      identity: undefined,
    });

    expect(
      await world.tool.readBack(params, undefined, world.context),
    ).toMatchObject({ state: 'confirmed', result: first });
    expect(await world.tool.execute(params, world.context)).toEqual(first);
    expect(livingProcesses(world.dataDir)).toEqual([first.pid]);
  });

  it('finishes what was interrupted before the version before it was stopped', async () => {
    const { deployments } = world.context.records;
    const first = await world.publish({ version: '0.1.0' });
    const one = await world.tool.execute(first, world.context);
    const second = await world.publish({ version: '0.2.0' });
    const later = { ...world.context, idempotencyKey: 'wf-2.t5.deploy' };
    const two = await world.tool.execute(second, later);
    const recordOf = async (id: string) => (await deployments.get(id))!;
    const state = (await world.target.find(one.deploymentId))!;
    await world.target.start(state, later);
    await deployments.put({
      ...(await recordOf(one.deploymentId)),
      status: 'running',
      stoppedAt: undefined,
    });
    await deployments.put({
      ...(await recordOf(two.deploymentId)),
      status: 'deploying',
    });

    expect(await world.tool.readBack(second, undefined, later)).toMatchObject({
      state: 'unknown',
    });
    expect(await world.tool.execute(second, later)).toEqual(two);
    expect(await world.tool.readBack(second, two, later)).toMatchObject({
      state: 'confirmed',
    });
    expect(livingProcesses(world.dataDir)).toEqual([two.pid]);
    expect((await recordOf(one.deploymentId)).status).toBe('stopped');
    expect((await recordOf(two.deploymentId)).status).toBe('running');
  });

  it('is taken over by the next portal, and started again on its port after the machine was off', async () => {
    const params = await world.publish();
    const first = await world.tool.execute(params, world.context);
    const { records } = world.context;
    expect(
      await reconcileDeployments(world.target, records, world.context.secrets),
    ).toEqual([expect.objectContaining({ action: 'adopted' })]);
    expect(livingProcesses(world.dataDir)).toEqual([first.pid]);

    process.kill(first.pid, 'SIGKILL');
    while (livingProcesses(world.dataDir).length > 0) {
      await wait(20);
    }
    expect(
      await world.tool.readBack(params, first, world.context),
    ).toMatchObject({ state: 'absent' });
    expect(
      await reconcileDeployments(world.target, records, world.context.secrets),
    ).toEqual([expect.objectContaining({ action: 'restarted' })]);
    const record = await records.deployments.get(first.deploymentId);
    expect(record).toMatchObject({ status: 'running', url: first.url });
    expect(record?.handle.pid).not.toBe(first.pid);
    expect(await get(first.port, '/health')).toMatchObject({ status: 'ok' });
  });

  it('marks failed, with the reason, what cannot be started again, and stops what is not on record', async () => {
    const broken = await world.publish({ name: 'broken-service' });
    const one = await world.tool.execute(broken, world.context);
    const state = (await world.target.find(one.deploymentId))!;
    await world.target.stop(state);
    await world.target.states.put({
      ...state,
      argv: ['src/missing.js'],
      pid: undefined,
    });

    const stray = await world.publish({ name: 'stray-service' });
    const strayContext = { ...world.context, idempotencyKey: 'wf-9.t5.deploy' };
    const two = await world.tool.execute(stray, strayContext);
    const record = (await world.context.records.deployments.get(
      two.deploymentId,
    ))!;
    await world.context.records.deployments.put({
      ...record,
      status: 'stopped',
    });

    const done = await reconcileDeployments(
      world.target,
      world.context.records,
      world.context.secrets,
    );
    expect(done).toEqual([
      expect.objectContaining({
        serviceName: 'broken-service',
        action: 'failed',
      }),
      expect.objectContaining({
        serviceName: 'stray-service',
        action: 'stopped',
      }),
    ]);
    expect(
      await world.context.records.deployments.get(one.deploymentId),
    ).toMatchObject({
      status: 'failed',
      handle: { reason: expect.stringContaining('missing.js') },
    });
    expect(livingProcesses(world.dataDir)).toEqual([]);
  });

  it('never signals a process that got the id of one of ours', async () => {
    const params = await world.publish();
    const result = await world.tool.execute(params, world.context);
    const state = (await world.target.find(result.deploymentId))!;
    // As after a restart of the machine: the id now belongs to somebody else, here to this test.
    await world.target.stop({
      ...state,
      pid: process.pid,
      identity: 'other boot:1',
    });
    expect(livingProcesses(world.dataDir)).toEqual([]);
  });

  it('refuses to work in production, and without the database or the commit it was promised', async () => {
    const params = await world.publish();
    await expect(
      world.tool.execute({ ...params, database: true }, world.context),
    ).rejects.toThrow(/run postgres.provision before/);
    expect(livingProcesses(world.dataDir)).toEqual([]);
    const before = process.env.NODE_ENV;
    Object.assign(process.env, { NODE_ENV: 'production' });
    try {
      expect(
        await world.tool.validate(
          { ...params, database: false },
          world.context,
        ),
      ).toEqual([expect.objectContaining({ field: 'environment' })]);
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
  });

  it('finds the commit itself, and only one that holds exactly what was approved', async () => {
    const { commit, ...params } = await world.publish({ version: '0.1.0' });
    const result = await world.tool.execute(params, world.context);
    expect(result.version).toBe(`0.1.0+${commit.slice(0, 12)}`);

    await world.publish({ version: '0.2.0' });
    await expect(
      world.tool.execute(params, {
        ...world.context,
        idempotencyKey: 'wf-2.t5.deploy',
      }),
    ).rejects.toThrow(/is not what was approved/);
    await expect(
      world.tool.execute(
        { ...params, serviceName: 'other-service' },
        { ...world.context, idempotencyKey: 'wf-3.t5.deploy' },
      ),
    ).rejects.toThrow(/has no published commit/);
    expect(livingProcesses(world.dataDir)).toEqual([result.pid]);
  });

  it('answers health and logs of deployments on record only', async () => {
    const params = await world.publish();
    const { deploymentId, port } = await world.tool.execute(
      params,
      world.context,
    );
    const probe = createHttpProbeTool(world.target);
    const logs = createProcessLogsTool(world.target);
    expect(await probe.read({ deploymentId }, world.context)).toMatchObject({
      healthy: true,
      ready: true,
      statusCode: 200,
      body: expect.stringContaining('user-service'),
    });
    expect(await logs.read({ deploymentId, lines: 10 }, world.context)).toEqual(
      {
        lines: [`listening on ${port}`],
      },
    );
    for (const hostile of [
      'http://169.254.169.254/',
      '../../secrets/x',
      'local-0',
    ]) {
      await expect(
        probe.read({ deploymentId: hostile }, world.context),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
      await expect(
        logs.read({ deploymentId: hostile, lines: 1 }, world.context),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    }
    expect(existsSync(world.target.states.logFile(deploymentId))).toBe(true);
    expect(
      readFileSync(world.target.states.logFile(deploymentId), 'utf8'),
    ).toContain('listening');
  });
});
