import createKnex, { type Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BEN, testConfig } from '../__testUtils__/createTestHost';
import { quietLogger, quietServices } from '../__testUtils__/quietServices';
import { startCrashProcess } from '../__testUtils__/runCrashProcess';
import { InProcessWorkflowEngine } from '../engine';
import { Registry } from '../runtime/Registry';
import { createSampleAgents } from '../__testUtils__/sampleWorld';
import { KillSwitchService } from './KillSwitchService';

jest.setTimeout(180_000);

const url = process.env.AGENTIC_TEST_POSTGRES_URL;

(url ? describe : describe.skip)('several processes on one database', () => {
  let admin: Knex;
  let knex: Knex;
  const database = `agentic_test_${randomBytes(6).toString('hex')}`;
  const target = new URL(url || 'postgres://localhost/none');

  beforeAll(async () => {
    admin = createKnex({ client: 'pg', connection: url });
    await admin.raw('create database ??', [database]);
    target.pathname = `/${database}`;
    knex = createKnex({ client: 'pg', connection: target.href });
  });
  afterAll(async () => {
    await knex.destroy();
    await admin.raw('drop database ?? with (force)', [database]);
    await admin.destroy();
  });

  it('one stops what the other is doing within two seconds, and lets it go on', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'agentic-replicas-'));
    const worker = startCrashProcess({
      folder,
      postgres: target.href,
      holdAt: 't3',
    });
    await worker.printed('holding t3');
    const registry = new Registry();
    createSampleAgents().forEach(agent => registry.addAgent(agent));
    // An engine that reaches nobody: the worker has to see it by itself.
    const here = new KillSwitchService({
      knex,
      engine: new InProcessWorkflowEngine({ logger: quietLogger }),
      registry,
      ...quietServices(),
      logger: quietLogger,
      roles: testConfig(folder).approvals.roles,
    });
    await here.engage({
      agent: 'maker',
      by: BEN.userEntityRef,
      reason: 'a key leaked',
    });
    const stoppedAt = Date.now();
    const held = async () =>
      (await knex('tasks').where('task_id', 't3').first()).held_because;
    while (!(await held()) && Date.now() < stoppedAt + 10_000) {
      await sleep(50);
    }
    expect(await held()).toBe(
      'maker was stopped by user:default/ben: a key leaked',
    );
    expect(Date.now() - stoppedAt).toBeLessThan(2000);

    await here.release({ agent: 'maker', reason: 'changed' }, BEN);
    const begun = () => worker.output.split('holding t3').length - 1;
    for (let tries = 0; begun() < 2 && tries < 100; tries++) {
      await sleep(100);
    }
    expect(begun()).toBe(2);
    expect(await held()).toBeNull();
    worker.kill();
    expect(await worker.outcome).toBe('killed');
  });
});
