import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testDatabases } from '../../__testUtils__/databases';
import { tableColumns } from '../../__testUtils__/everyTable';
import { AgenticDatabase } from '../../database/AgenticDatabase';
import { InProcessWorkflowEngine } from '../../engine';
import { quietLogger } from '../../__testUtils__/quietServices';
import { createHostSweepTasks } from '../tasks/createHostSweepTasks';
import { DEFAULT_RETENTION } from './retentionConfig';
import { TABLE_RETENTION, tablesOfWorkflows } from './tableRetention';

const databases = testDatabases();
const page = readFileSync(
  path.resolve(__dirname, '../../../../../docs/data.md'),
  'utf8',
);

describe.each(databases.names)('retention on %s', name => {
  it('has an answer for each table there is, and for no other', async () => {
    const knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
    const columns = await tableColumns(knex);
    expect(Object.keys(TABLE_RETENTION).sort()).toEqual(Object.keys(columns));
    const nameless = tablesOfWorkflows().filter(
      ({ table, column }) => !columns[table].includes(column),
    );
    expect(nameless).toEqual([]);
    const tasks = createHostSweepTasks({
      knex,
      engine: new InProcessWorkflowEngine({ logger: quietLogger }),
      days: { ...DEFAULT_RETENTION, workflowDays: 1 },
    }).map(({ id }) => id);
    const swept = Object.values(TABLE_RETENTION).flatMap(retention =>
      'sweptBy' in retention && retention.sweptBy ? [retention.sweptBy] : [],
    );
    expect(tasks).toEqual(expect.arrayContaining(swept));
  });
});

describe('the page on data', () => {
  it.each(Object.entries(TABLE_RETENTION))(
    'tells what becomes of %s',
    (table, retention) => {
      const row = page
        .split('\n')
        .find(line => line.startsWith(`| \`${table}\` `));
      const setting = 'setting' in retention ? retention.setting : undefined;
      const days =
        setting && setting in DEFAULT_RETENTION
          ? String(DEFAULT_RETENTION[setting as keyof typeof DEFAULT_RETENTION])
          : '';
      expect(row).toContain(setting ? `agentic.retention.${setting}` : '|');
      expect(row).toContain(days);
      expect(row).toContain(
        {
          kept: 'stays',
          swept: 'by age',
          tidied: 'goes',
          'with workflow': 'with its workflow',
        }[retention.becomes],
      );
    },
  );
});
