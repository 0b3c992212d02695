import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger } from '../__testUtils__/quietServices';
import { SampleWorld, type SampleFaults } from '../__testUtils__/sampleWorld';
import { PolicyDecisionPoint } from '../runtime/PolicyDecisionPoint';
import { Registry } from '../runtime/Registry';
import { Dependencies } from './Dependencies';

jest.setTimeout(60_000);

const databases = testDatabases();

describe('an outage', () => {
  let knex: Knex;
  let world: SampleWorld;
  let test: TestHost;

  async function start(faults: SampleFaults): Promise<void> {
    knex = await databases.open('SQLite');
    world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-outage-')));
    test = await createTestHost({ knex, world, faults });
  }

  it('of a tool makes its task wait without using up attempts, and go on by itself', async () => {
    let away = false;
    await start({
      beforeMake: () => {
        if (away) throw new ServiceUnavailableError('no route to the world');
      },
    });
    const id = await test.create({});
    await test.reaches(id, 'awaiting_approval');
    const dependency = test.host.dependencies.ofTool({ id: 'world.make' });
    // Somebody else's calls have opened the breaker.
    away = true;
    for (let call = 0; call < 5; call++) {
      await dependency
        .change(async () => {
          throw new ServiceUnavailableError('no route to the world');
        }, new AbortController().signal)
        .catch(() => undefined);
    }
    expect(dependency.state().breaker).toBe('open');
    await test.approve(id);
    let held: string | undefined;
    for (let tries = 0; !held && tries < 200; tries++) {
      held = (await knex('tasks').where('task_id', 't3').first()).held_because;
      await sleep(20);
    }
    expect(held).toContain("'tool:world' has failed");
    expect(held).toContain('no route to the world');
    const [task] = await knex('tasks').where('task_id', 't3');
    expect([task.attempt, task.attempts_left, task.held_by]).toEqual([
      1,
      3,
      'dependency',
    ]);
    // Nothing was begun: the record says so.
    const effects = await knex('effects').select('status');
    expect(effects).toEqual([{ status: 'proposed' }, { status: 'proposed' }]);
    expect(world.ledger).toEqual([]);

    away = false;
    await test.reaches(id, 'completed', 50_000);
    expect(world.ledger).toEqual(['made repo', 'made process']);
    await test.shutdown();
  });

  it('of a policy evaluator asks for a person, at once and without calling it, never allows', async () => {
    const registry = new Registry();
    let calls = 0;
    registry.addEvaluator({
      id: 'opa',
      title: 'A policy server',
      dependency: { retries: 0, breakAfter: 2 },
      async evaluate() {
        calls += 1;
        throw new ServiceUnavailableError('connection refused');
      },
    });
    registry.addEvaluator({
      id: 'local',
      title: 'A rule here',
      evaluate: async () => ({
        decision: 'allow',
        reasons: [],
        violations: [],
      }),
    });
    const policy = new PolicyDecisionPoint(
      registry,
      new Dependencies({
        tools: [],
        evaluators: registry.evaluators,
        logger: quietLogger,
      }),
    );
    const subject = {
      kind: 'artifact',
      environment: 'staging',
      files: [],
    } as const;
    for (let time = 0; time < 4; time++) {
      const verdict = await policy.decide(subject);
      expect(verdict.decision).toBe('needs_review');
      expect(verdict.reasons.join()).toContain("Evaluator 'opa' failed");
    }
    expect(calls).toBe(2);
  });

  it('is looked for again and again, and seen in the health', async () => {
    await start({});
    const ok = await test.host.health.report();
    expect(ok.status).toBe('ok');
    await knex.destroy();
    await sleep(1100);
    const away = await test.host.health.report();
    expect(away).toMatchObject({
      status: 'degraded',
      checks: expect.arrayContaining([
        expect.objectContaining({ id: 'database', status: 'failed' }),
      ]),
    });
  });
});
