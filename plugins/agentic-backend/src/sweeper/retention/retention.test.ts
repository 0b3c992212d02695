import type { Knex } from 'knex';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createTestHost,
  type TestHost,
} from '../../__testUtils__/createTestHost';
import { testDatabases } from '../../__testUtils__/databases';
import { tableColumns, tableRows } from '../../__testUtils__/everyTable';
import { SampleWorld } from '../../__testUtils__/sampleWorld';
import { loadRecord } from '../../changeRecord/loadRecord';
import { DEFAULT_RETENTION } from './retentionConfig';
import { tablesOfWorkflows } from './tableRetention';

const databases = testDatabases();
const LONG_AGO = '2020-01-01T00:00:00.000Z';
jest.setTimeout(60_000);

describe.each(databases.names)('rows that are old, on %s', name => {
  let knex: Knex;
  let host: TestHost;

  beforeEach(async () => {
    knex = await databases.open(name);
    host = await createTestHost({
      knex,
      world: new SampleWorld(
        mkdtempSync(path.join(tmpdir(), 'agentic-retention-')),
      ),
      config: { retention: { ...DEFAULT_RETENTION, workflowDays: 400 } },
    });
  });
  afterEach(() => host.shutdown());

  async function ended(serviceName: string): Promise<string> {
    const id = await host.create({ serviceName });
    await host.reaches(id, 'awaiting_approval');
    await host.reject(id, 'not today');
    await host.reaches(id, 'cancelled');
    return id;
  }

  async function everythingIsOld(): Promise<void> {
    const columns = await tableColumns(knex);
    for (const [table, names] of Object.entries(columns)) {
      if (/^(record_|knex_|replicas$)/.test(table)) continue;
      for (const column of names.filter(each =>
        /^(at|time|.*_at)$/.test(each),
      )) {
        await knex(table)
          .whereNotNull(column)
          .whereRaw(`cast(?? as text) like '20%'`, [column])
          .update({ [column]: LONG_AGO });
      }
    }
  }

  const swept = async () => {
    await host.host.sweeper.scheduled();
    const [run] = await host.host.sweeper.latest(1);
    return run.items.map(({ task, outcome, evidence }) => [
      task,
      outcome,
      evidence,
    ]);
  };

  it('takes an ended workflow whole, and leaves one whose service is there, with what it needs', async () => {
    const gone = await ended('gone');
    const kept = await ended('kept');
    await knex('services').insert({
      service_name: 'kept',
      workflow_id: kept,
      body: '{}',
      updated_at: LONG_AGO,
    });
    await everythingIsOld();
    expect(await swept()).toContainEqual([
      'host.workflows',
      'removed',
      '0 are left',
    ]);

    const left = JSON.stringify(
      await tableRows(
        knex,
        Object.fromEntries(
          Object.entries(await tableColumns(knex)).filter(
            ([table]) => !/^(record|sweep)_/.test(table),
          ),
        ),
      ),
    );
    expect(left).not.toContain(gone);
    expect(left).toContain(kept);
    const names = new Set(tablesOfWorkflows().map(({ table }) => table));
    for (const table of ['plans', 'tasks', 'effects', 'approvals']) {
      expect(names).toContain(table);
      expect((await knex(table)).length).toBeGreaterThan(0);
    }
    // What it did stays on record.
    expect((await loadRecord(knex, gone)).entries.length).toBeGreaterThan(3);
  });

  it('takes nothing that is young', async () => {
    await ended('young');
    await host.host.sweeper.scheduled();
    expect(await host.host.sweeper.latest(1)).toEqual([]);
  });
});
