import { AgenticDatabase } from '../database/AgenticDatabase';
import { testDatabases } from '../__testUtils__/databases';
import { createUsageMeter } from './createUsageMeter';
import { DEFAULT_LIMITS, type LimitsConfig } from './limitsConfig';
import { UsageLedger } from './UsageLedger';

const databases = testDatabases();
const TEAM = 'group:default/shop';
const LIMITS: LimitsConfig = {
  ...DEFAULT_LIMITS,
  budgets: {
    currency: 'USD',
    run: { steps: 10, tokens: 1000 },
    teamDay: { money: 10 },
    teamMonth: {},
  },
  alertRecipients: ['user:default/ops'],
};
const NOON = new Date('2026-11-21T12:00:00.000Z');

describe.each(databases.names)('UsageLedger on %s', name => {
  async function aLedger() {
    const knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
    for (const id of ['wf-1', 'wf-2']) {
      await knex('workflow_accounts').insert({
        workflow_id: id,
        requested_by: 'user:default/ada',
        team: TEAM,
      });
    }
    const usage = new UsageLedger({ knex, limits: LIMITS });
    const used = (
      id: string,
      change: Partial<Parameters<UsageLedger['add']>[0]>,
    ) => ({
      id,
      workflowId: 'wf-1',
      taskId: 't1',
      steps: 0,
      tokens: 0,
      money: 0,
      ...change,
    });
    const notified = async (): Promise<string[]> => {
      const rows = await knex('outbox').where('kind', 'notification');
      return rows.map(row => JSON.parse(row.payload).title as string);
    };
    return { knex, usage, used, notified };
  }

  it('adds up by run and by team', async () => {
    const { usage, used } = await aLedger();
    await usage.add(used('a', { steps: 1, tokens: 5, money: 0.1 }), NOON);
    await usage.add(used('b', { workflowId: 'wf-2', money: 0.2 }), NOON);
    const totals = await usage.totals('wf-1', NOON);
    expect(totals.run).toEqual({ steps: 1, tokens: 5, money: 0.1 });
    expect(totals.teamDay).toEqual({ steps: 1, tokens: 5, money: 0.3 });
    expect(totals.teamMonth).toEqual(totals.teamDay);
  });

  it('counts the same piece of work once, however often it is told', async () => {
    const { usage, used } = await aLedger();
    const entry = used('wf-1.t1.a1.read.1', { steps: 1, money: 0.5 });
    await Promise.all([1, 2, 3, 4].map(() => usage.add(entry, NOON)));
    const { run, teamMonth } = await usage.totals('wf-1', NOON);
    expect(run).toEqual({ steps: 1, tokens: 0, money: 0.5 });
    expect(teamMonth.money).toBe(0.5);
  });

  it('loses nothing when many are told at once', async () => {
    const { usage, used } = await aLedger();
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        usage.add(
          used(`s${i}`, { workflowId: i % 2 ? 'wf-1' : 'wf-2', money: 0.01 }),
          NOON,
        ),
      ),
    );
    expect((await usage.totals('wf-1', NOON)).teamDay.money).toBeCloseTo(0.4);
  });

  it('begins a new day with nothing and a new month with nothing', async () => {
    const { usage, used } = await aLedger();
    await usage.add(used('a', { money: 1 }), new Date('2026-11-30T23:59:59Z'));
    const next = await usage.totals('wf-1', new Date('2026-12-01T00:00:00Z'));
    expect(next.teamDay.money).toBe(0);
    expect(next.teamMonth.money).toBe(0);
    expect(next.run.money).toBe(1);
  });

  it('tells people once at four fifths and once at the end', async () => {
    const { usage, used, notified } = await aLedger();
    await usage.add(used('a', { money: 7.9 }), NOON);
    expect(await notified()).toEqual([]);
    await usage.add(used('b', { money: 0.1 }), NOON);
    await usage.add(used('c', { money: 0.1 }), NOON);
    expect(await notified()).toEqual(['80 % of a budget is used']);
    await usage.add(used('d', { money: 5 }), NOON);
    await usage.add(used('e', { money: 5 }), NOON);
    expect(await notified()).toEqual([
      '80 % of a budget is used',
      '100 % of a budget is used',
    ]);
  });

  it('tells the team and who is named in the configuration', async () => {
    const { knex, usage, used } = await aLedger();
    await usage.add(used('a', { money: 9 }), NOON);
    const row = await knex('outbox').first();
    expect(JSON.parse(row.payload)).toMatchObject({
      recipients: [TEAM, 'user:default/ops'],
      description:
        'The budget of group:default/shop for model cost this day is 10.00 USD and 9.00 USD are used; it frees at 2026-11-22T00:00:00.000Z',
    });
  });

  it('stops an agent that reports more than its run may use, and says what is left before', async () => {
    const { usage } = await aLedger();
    const meter = createUsageMeter({
      usage,
      budgets: LIMITS.budgets,
      workflowId: 'wf-1',
      planHash: 'a'.repeat(64),
      taskId: 't1',
      attempt: 1,
    });
    expect(await meter.left()).toEqual({
      steps: 10,
      tokens: 1000,
      money: 10,
      currency: 'USD',
    });
    const left = await meter.report({ key: 'draft', tokens: 400, money: 1 });
    expect(left).toMatchObject({ tokens: 600, money: 9 });
    await meter.report({ key: 'draft', tokens: 400, money: 1 });
    expect((await meter.left()).tokens).toBe(600);
    await expect(
      meter.report({ key: 'repair', tokens: 600, money: 0 }),
    ).rejects.toMatchObject({
      name: 'TaskFailure',
      retryable: false,
      message:
        'The budget of this run for tokens is 1000 and 1000 are used; an administrator can raise agentic.limits.budgets',
    });
  });

  it.each([
    { key: 'a b', tokens: 1, money: 0 },
    { key: 'a', tokens: -1, money: 0 },
    { key: 'a', tokens: 1.5, money: 0 },
    { key: 'a', tokens: 1, money: -1 },
    { key: 'a', tokens: 1, money: Number.NaN },
  ])('refuses a report of %j', async report => {
    const { usage } = await aLedger();
    const meter = createUsageMeter({
      usage,
      budgets: LIMITS.budgets,
      workflowId: 'wf-1',
      planHash: 'a'.repeat(64),
      taskId: 't1',
      attempt: 1,
    });
    await expect(meter.report(report)).rejects.toThrow(/report|key/);
  });
});
