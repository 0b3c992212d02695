import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import type { GuardCall, GuardStage } from '../runtime/guard/Gate';
import { createLimitsGate } from './limitsGate';
import { DEFAULT_LIMITS } from './limitsConfig';
import { UsageLedger } from './UsageLedger';

const databases = testDatabases();
jest.setTimeout(60_000);

describe.each(databases.names)('the limits gate on %s', name => {
  let host: TestHost;
  afterEach(() => host.shutdown());

  async function aTask() {
    const knex = await databases.open(name);
    const folder = mkdtempSync(join(tmpdir(), 'agentic-world-'));
    host = await createTestHost({ knex, world: new SampleWorld(folder) });
    const workflowId = await host.create({});
    await host.reaches(workflowId, 'awaiting_approval');
    const usage = new UsageLedger({ knex, limits: DEFAULT_LIMITS });
    const aProcess = () => createLimitsGate({ usage, limits: DEFAULT_LIMITS });
    let gate = aProcess();
    let attempt = 1;
    const before = (await usage.totals(workflowId)).run.steps;
    return {
      crash(): void {
        gate = aProcess();
      },
      nextAttempt(): void {
        attempt += 1;
      },
      /** One stage of task t3 from its beginning, with so many calls. */
      async stage(
        stage: GuardStage,
        calls: number,
        planHash = 'a'.repeat(64),
      ): Promise<void> {
        for (let i = 0; i < calls; i++) {
          await gate.refuse({
            stage,
            toolId: 'world.make',
            workflow: { planHash },
            attempt,
            context: { workflowId, taskId: 't3' },
          } as unknown as GuardCall);
        }
      },
      async counted(): Promise<number> {
        return (await usage.totals(workflowId)).run.steps - before;
      },
    };
  }

  it('counts a stage that is repeated after a crash once', async () => {
    const { stage, crash, counted } = await aTask();
    await stage('execute', 2);
    crash();
    await stage('execute', 3);
    expect(await counted()).toBe(3);
  });

  it('counts the calls again of a stage that was held and is repeated', async () => {
    const { stage, counted } = await aTask();
    await stage('propose', 2);
    await stage('propose', 3);
    expect(await counted()).toBe(5);
  });

  it('counts the next attempt, and each kind of call', async () => {
    const { stage, nextAttempt, counted } = await aTask();
    await stage('execute', 2);
    await stage('read', 2);
    expect(await counted()).toBe(4);
    nextAttempt();
    await stage('execute', 2);
    expect(await counted()).toBe(6);
  });

  it('counts the same attempt anew when the plan was revised', async () => {
    const { stage, counted } = await aTask();
    await stage('propose', 2);
    await stage('propose', 2, 'b'.repeat(64));
    expect(await counted()).toBe(4);
  });
});
