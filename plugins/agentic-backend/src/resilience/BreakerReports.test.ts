import type { DependencyState } from '@agentic-backstage/plugin-agentic-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger } from '../__testUtils__/quietServices';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { BreakerReports } from './BreakerReports';
import { DEFAULT_LIMITS } from './dependencyLimits';

const databases = testDatabases();

const git = (breaker: DependencyState['breaker']): DependencyState => ({
  id: 'tool:git',
  kind: 'tool',
  breaker,
  since: '2026-01-01T00:00:00.000Z',
  failures: 5,
  lastFailure: { at: '2026-01-01T00:00:00.000Z', message: 'no route' },
  running: 0,
  queued: 0,
  limits: DEFAULT_LIMITS,
});

describe.each(databases.names)('BreakerReports on %s', name => {
  let knex: Knex;
  let audited: string[];
  let reports: BreakerReports;

  beforeEach(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
    audited = [];
    const auditor = mockServices.auditor.mock({
      createEvent: async ({ eventId }) => {
        audited.push(eventId);
        return { success: async () => {}, fail: async () => {} };
      },
    });
    reports = new BreakerReports({
      knex,
      auditor,
      logger: quietLogger,
      recipients: ['group:default/leads'],
      escalateMs: 50,
    });
  });
  afterEach(() => reports.stop());

  const told = async () => {
    const rows = await knex('outbox').where('kind', 'notification');
    return rows.map(row => JSON.parse(row.payload).title);
  };

  it('tells people of an outage that lasts, once, and of its end', async () => {
    reports.changed(git('open'));
    reports.changed(git('half_open'));
    reports.changed(git('open'));
    await sleep(300);
    expect(await told()).toEqual(["'tool:git' is away"]);
    reports.changed(git('closed'));
    await sleep(200);
    expect(await told()).toEqual([
      "'tool:git' is away",
      "'tool:git' works again",
    ]);
    expect(audited).toEqual([
      'breaker-opened',
      'breaker-opened',
      'breaker-closed',
    ]);
  });

  it('says nothing to people about one that is soon over', async () => {
    reports.changed(git('open'));
    reports.changed(git('closed'));
    await sleep(200);
    expect(await told()).toEqual([]);
    expect(audited).toEqual(['breaker-opened', 'breaker-closed']);
  });
});
