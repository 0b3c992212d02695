import { SYSTEM_CHAIN } from '@agentic-backstage/plugin-agentic-common';
import { NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ADA,
  BEN,
  createTestHost,
  type TestHost,
} from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger } from '../__testUtils__/quietServices';
import { SampleWorld, type SampleFaults } from '../__testUtils__/sampleWorld';
import { effectsOfWorkflow } from '../database/EffectStore';
import { KillSwitchWatch } from './KillSwitchWatch';

jest.setTimeout(60_000);

const databases = testDatabases();
const LEAK = { by: BEN.userEntityRef, reason: 'a key leaked' };
const FIXED = { reason: 'the key was changed' };
const STOPPED = 'maker was stopped by user:default/ben: a key leaked';

/** A place at which a test holds up a tool. */
function aTurnstile() {
  let arrived = () => {};
  let open = () => {};
  const arrival = new Promise<void>(resolve => (arrived = resolve));
  const opening = new Promise<void>(resolve => (open = resolve));
  return {
    arrival,
    open: () => open(),
    pass: async () => {
      arrived();
      await opening;
    },
  };
}

describe.each(databases.names)('the kill switch on %s', name => {
  let knex: Knex;
  let world: SampleWorld;
  let test: TestHost;
  let workflowId: string;

  async function start(faults: SampleFaults = {}): Promise<void> {
    knex = await databases.open(name);
    world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-stop-')));
    test = await createTestHost({ knex, world, faults });
  }
  afterEach(() => test.shutdown());

  const stop = (agent?: string) =>
    test.host.killSwitch.engage({ ...LEAK, agent });
  const release = (agent?: string) =>
    test.host.killSwitch.release({ ...FIXED, agent }, BEN);
  const heldTasks = async (): Promise<Record<string, string>> => {
    const rows = await knex('tasks')
      .where('workflow_id', workflowId)
      .whereNotNull('held_because');
    return Object.fromEntries(
      rows.map(row => [row.task_id, `${row.status}: ${row.held_because}`]),
    );
  };
  async function until(fact: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await fact()); tries++) {
      if (tries > 500) {
        throw new Error(
          `It never came true: ${JSON.stringify({
            statuses: await test.statuses(workflowId),
            held: await heldTasks(),
            messages: await test.messages(workflowId),
          })}`,
        );
      }
      await sleep(20);
    }
  }
  const isHeld = (taskId: string) => async () => taskId in (await heldTasks());
  const statusOf = async (key: string) => {
    const effects = await effectsOfWorkflow(knex, workflowId);
    return effects.find(effect => effect.key === key)?.status;
  };

  it('starts no task of a stopped agent, says why, and lets the others work', async () => {
    await start();
    await stop('maker');
    workflowId = await test.create({});
    await until(isHeld('t3'));
    expect(await heldTasks()).toEqual({ t3: `pending: ${STOPPED}` });
    expect(await test.statuses(workflowId)).toMatchObject({
      t1: 'completed',
      t2: 'completed',
    });
    expect(await test.messages(workflowId)).toContain(`Waiting: ${STOPPED}`);

    await release('maker');
    await test.reaches(workflowId, 'awaiting_approval');
    await test.approve(workflowId);
    await test.reaches(workflowId, 'completed');
    expect(world.ledger).toEqual(['made repo', 'made process']);
    expect(await heldTasks()).toEqual({});
  });

  it('can be approved while it is stopped, and does nothing before the release', async () => {
    await start();
    workflowId = await test.create({});
    await test.reaches(workflowId, 'awaiting_approval');
    await stop();
    await test.approve(workflowId);
    await until(isHeld('t3'));
    await sleep(300);
    expect(world.ledger).toEqual([]);
    await release();
    await test.reaches(workflowId, 'completed');
    expect(world.ledger).toEqual(['made repo', 'made process']);
    expect(await test.messages(workflowId)).toContain(
      'Goes on: maker was released',
    );
  });

  it.each([
    ['before', 'beforeMake', []],
    ['after', 'afterMake', ['made repo']],
  ] as const)(
    'stopped just %s a tool has done its work, a tool that does not listen ends, and nothing is done twice',
    async (_, moment, done) => {
      const turnstile = aTurnstile();
      await start({
        [moment]: (made: string) => made === 'repo' && turnstile.pass(),
      });
      workflowId = await test.create({});
      await test.reaches(workflowId, 'awaiting_approval');
      await test.approve(workflowId);
      await turnstile.arrival;
      await stop('maker');
      await until(isHeld('t3'));
      expect(world.ledger).toEqual(done);
      expect(await statusOf('repo')).toBe('started');

      // Released while the tool still works: nobody may begin beside it.
      await release('maker');
      await sleep(300);
      expect(world.ledger).toEqual(done);
      turnstile.open();
      await test.reaches(workflowId, 'completed', 40_000);
      expect(world.ledger).toEqual(['made repo', 'made process']);
      expect(await test.statuses(workflowId)).toMatchObject({
        t3: 'completed',
      });
      const [task] = await knex('tasks').where('task_id', 't3');
      expect([task.attempt, task.attempts_left]).toEqual([1, 3]);
    },
  );

  it('leaves open what a tool that listened had begun, and looks before it is done again', async () => {
    let listening = true;
    await start({
      duringWork: () => undefined,
      beforeMake: async made => {
        if (made !== 'repo' || !listening) return;
        listening = false;
        await stop('maker');
        throw new Error('told to stop');
      },
    });
    workflowId = await test.create({});
    await test.reaches(workflowId, 'awaiting_approval');
    await test.approve(workflowId);
    await until(isHeld('t3'));
    expect(await statusOf('repo')).toBe('started');
    await release('maker');
    await test.reaches(workflowId, 'completed');
    expect(world.ledger).toEqual(['made repo', 'made process']);
    expect(await test.messages(workflowId)).toContain(
      "Looking whether 'world.make' was done before the interruption",
    );
  });

  it('undoes nothing by itself while the agent is stopped', async () => {
    await start({
      duringWork: async taskId => {
        if (taskId !== 't4') return;
        await stop('maker');
        throw Object.assign(new Error('refused for good'), {
          name: 'InputError',
        });
      },
    });
    workflowId = await test.create({});
    await test.reaches(workflowId, 'awaiting_approval');
    await test.approve(workflowId);
    await until(isHeld('t3'));
    await sleep(300);
    expect(world.ledger).toEqual(['made repo', 'made process']);
    await release('maker');
    await test.reaches(workflowId, 'rolled_back');
    expect(world.ledger).toEqual([
      'made repo',
      'made process',
      'removed process',
      'removed repo',
    ]);
  });

  it('refuses new requests while all agents are stopped', async () => {
    await start();
    await stop();
    await expect(test.create({})).rejects.toThrow(
      'planner, with all agents, was stopped by user:default/ben: a key leaked',
    );
    await release();
    expect(await test.create({})).toMatch(/^wf-/);
  });

  it('keeps who stopped first, and tells who answers for the portal', async () => {
    await start();
    const first = await stop('maker');
    const second = await test.host.killSwitch.engage({
      agent: 'maker',
      by: 'user:default/chiara',
      reason: 'me too',
    });
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.stop).toEqual(first.stop);
    await release('maker');
    const { engaged, released } = await test.host.killSwitch.state();
    expect(engaged).toEqual([]);
    expect(released).toMatchObject([
      {
        agent: 'maker',
        engagedBy: 'user:default/ben',
        reason: 'a key leaked',
        releasedBy: 'user:default/ben',
        releaseReason: 'the key was changed',
      },
    ]);
    const record = await knex('record_entries')
      .where('chain', SYSTEM_CHAIN)
      .where('subject', 'agent:maker')
      .whereIn('kind', ['agents.stopped', 'agents.started'])
      .orderBy('seq');
    expect(record.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['agents.stopped', 'user:default/ben'],
      ['agents.started', 'user:default/ben'],
    ]);
    const notes = await knex('outbox').where('kind', 'notification');
    expect(notes.map(row => JSON.parse(row.payload).title)).toEqual([
      'Agent maker stopped',
      'Agent maker released',
    ]);
  });

  it('is released by holders of an approval role only, and only once', async () => {
    await start();
    await stop('maker');
    await expect(
      test.host.killSwitch.release({ agent: 'maker', reason: 'please' }, ADA),
    ).rejects.toThrow(NotAllowedError);
    await expect(release()).rejects.toThrow('There is no stop of all agents');
    await release('maker');
    await expect(release('maker')).rejects.toThrow(
      "There is no stop of agent 'maker' alone",
    );
  });

  it('does not know agents that nobody has registered', async () => {
    await start();
    await expect(stop('nobody')).rejects.toThrow(
      "No agent 'nobody' is registered",
    );
  });

  it('is seen within two seconds by another process, which wakes what was held after the release', async () => {
    await start();
    const woken: unknown[] = [];
    const elsewhere = new KillSwitchWatch({
      knex,
      logger: quietLogger,
      onReleased: async released => void woken.push(...released),
    });
    elsewhere.start();
    const work = elsewhere.watchOver('maker');
    const other = elsewhere.watchOver('thinker');
    await stop('maker');
    await sleep(2000);
    expect(work.signal.aborted).toBe(true);
    expect(String(work.signal.reason)).toContain(STOPPED);
    expect(other.signal.aborted).toBe(false);
    await release('maker');
    await sleep(2000);
    await elsewhere.stop();
    expect(woken).toMatchObject([{ agent: 'maker' }]);
  });
});
