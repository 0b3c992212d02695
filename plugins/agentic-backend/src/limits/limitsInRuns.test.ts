import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { DEFAULT_LIMITS, type LimitsConfig } from './limitsConfig';

const databases = testDatabases();
const TEAM = 'group:default/team-payments';
const ADA = 'user:default/ada';
jest.setTimeout(60_000);

describe.each(databases.names)('limits of workflows on %s', name => {
  let world: SampleWorld;
  let host: TestHost;

  async function start(
    limits: Partial<LimitsConfig>,
    options: Partial<Parameters<typeof createTestHost>[0]> = {},
  ): Promise<void> {
    const knex = await databases.open(name);
    world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-world-')));
    host = await createTestHost({
      knex,
      world,
      config: { limits: { ...DEFAULT_LIMITS, ...limits } },
      ...options,
    });
  }

  afterEach(() => host.shutdown());

  const notifications = async (): Promise<Array<Record<string, unknown>>> => {
    const rows = await host.database
      .knex('outbox')
      .where('kind', 'notification')
      .orderBy('id');
    return rows.map(row => JSON.parse(row.payload));
  };

  it.each<[string, LimitsConfig['workflows'], string]>([
    ['a person', { perUser: 1, perTeam: 9, overall: 9 }, ADA],
    ['a team', { perUser: 9, perTeam: 1, overall: 9 }, TEAM],
    ['everybody', { perUser: 9, perTeam: 9, overall: 1 }, 'The portal'],
  ])(
    'refuses one more workflow of %s, and takes one when another has ended',
    async (_whose, workflows, subject) => {
      await start({ workflows });
      const first = await host.create({ serviceName: 'one' });
      await expect(host.create({ serviceName: 'two' })).rejects.toMatchObject({
        name: 'LimitReachedError',
        statusCode: 429,
        message: `${subject} has 1 workflows that are not at their end, and 1 are allowed; wait until one ends, or cancel one`,
      });
      // Refused before anything was done: neither row nor name is taken.
      expect(await host.host.store.claimHolder('two')).toBeUndefined();
      expect(await host.database.knex('workflows')).toHaveLength(1);
      await host.reaches(first, 'awaiting_approval');
      await host.host.workflows.cancel(first, ADA, '');
      await host.reaches(first, 'cancelled');
      await host.create({ serviceName: 'two' });
    },
  );

  it('gives the last place to one of many', async () => {
    await start({ workflows: { perUser: 3, perTeam: 9, overall: 9 } });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        host.create({ serviceName: `service-${i}` }),
      ),
    );
    const taken = outcomes.filter(each => each.status === 'fulfilled');
    expect(taken).toHaveLength(3);
  });

  it('accepts nothing for a team whose day’s budget is used up, and says when it frees', async () => {
    await start({
      budgets: { ...DEFAULT_LIMITS.budgets, teamDay: { money: 5 } },
    });
    const day = new Date().toISOString().slice(0, 10);
    await host.database.knex('usage_totals').insert({
      scope: 'team',
      subject: TEAM,
      period: day,
      steps: 0,
      tokens: 0,
      money_micros: 5_000_000,
    });
    await expect(host.create({})).rejects.toMatchObject({
      name: 'LimitReachedError',
      message: expect.stringMatching(
        /^The budget of group:default\/team-payments for model cost this day is 5.00 USD and 5.00 USD are used; it frees at /,
      ),
      freesAt: expect.stringMatching(/T00:00:00.000Z$/),
    });
  });

  it('counts the steps of a run and shows them', async () => {
    await start({});
    const id = await host.create({});
    await host.reaches(id, 'awaiting_approval');
    await host.approve(id);
    await host.reaches(id, 'completed');
    const report = await host.host.limits.report({
      principal: ADA,
      teams: [TEAM],
      workflowId: id,
    });
    // Two effects, each dry-run and executed.
    expect(report.items.find(item => item.measure === 'steps')).toEqual({
      scope: 'run',
      subject: id,
      period: 'run',
      measure: 'steps',
      used: 4,
      allowed: 2000,
      state: 'ok',
    });
  });

  it('stops before the first effect when the steps are used up', async () => {
    await start({
      budgets: { ...DEFAULT_LIMITS.budgets, run: { steps: 2 } },
    });
    const id = await host.create({});
    await host.reaches(id, 'awaiting_approval');
    await host.approve(id);
    await host.reaches(id, 'failed');
    expect(world.ledger).toEqual([]);
    expect((await host.host.store.row(id))?.error).toContain(
      'The budget of this run for steps is 2 and 2 are used',
    );
    expect((await notifications()).map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        '80 % of a budget is used',
        '100 % of a budget is used',
      ]),
    );
  });

  it('finishes the effects it has begun, and stops the next task', async () => {
    await start(
      { budgets: { ...DEFAULT_LIMITS.budgets, run: { steps: 3 } } },
      {
        tasks: [
          { id: 't1', makes: ['one', 'two'] },
          { id: 't2', after: ['t1'], makes: ['three'] },
        ],
      },
    );
    const id = await host.create({});
    await host.reaches(id, 'awaiting_approval');
    await host.approve(id);
    await host.reaches(id, 'rolled_back');
    // Never one without the other: both were made, and both were undone.
    expect(world.ledger).toEqual([
      'made one',
      'made two',
      'removed two',
      'removed one',
    ]);
  });

  it('hands over to a person after three failures of the same call, and a retry counts anew', async () => {
    let broken = true;
    let tries = 0;
    await start(
      {},
      {
        tasks: [{ id: 't1', makes: ['repo'], maxAttempts: 10 }],
        faults: {
          beforeMake: () => {
            tries += 1;
            if (broken) throw new Error('the disk is full');
          },
        },
      },
    );
    const id = await host.create({});
    await host.reaches(id, 'awaiting_approval');
    await host.approve(id);
    await host.reaches(id, 'rolled_back');
    expect(tries).toBe(3);
    expect((await host.host.store.row(id))?.error).toContain(
      "'world.make' with the same parameters failed or was undone 3 times; a person has to look and retry the workflow",
    );
    const told = (await notifications()).filter(
      ({ title }) => title === 'sample-service: a person has to look',
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      severity: 'high',
      recipients: [ADA, TEAM],
    });

    expect(
      await host.database
        .knex('record_entries')
        .where({ chain: id, kind: 'loop.stopped' }),
    ).toHaveLength(1);

    await host.host.workflows.retry(id, 'service:robot', { reason: '' });
    await host.reaches(id, 'rolled_back');
    expect(tries).toBe(3);

    broken = false;
    await host.host.workflows.retry(id, ADA, { reason: 'the disk has room' });
    await host.reaches(id, 'awaiting_approval');
    await host.approve(id);
    await host.reaches(id, 'completed');
    expect(tries).toBe(4);
  });

  it('does not take what a person cancels for a loop', async () => {
    await start(
      {},
      {
        tasks: [
          { id: 't1', makes: ['repo'] },
          { id: 't2', after: ['t1'], makes: ['process'] },
        ],
      },
    );
    for (let round = 0; round < 4; round++) {
      const id = await host.create({ serviceName: 'again' });
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      while ((await host.statuses(id)).t2 !== 'awaiting_approval') {
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      await host.host.workflows.cancel(id, ADA, '');
      await host.reaches(id, 'cancelled');
    }
    expect(world.ledger.filter(line => line === 'made repo')).toHaveLength(4);
  });
});
