import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import {
  fillEmptyTables,
  tableColumns,
  tableRows,
  type TableColumns,
} from '../__testUtils__/everyTable';
import { SampleWorld } from '../__testUtils__/sampleWorld';

const databases = testDatabases();
const root = path.resolve(__dirname, '../..');
const directory = path.join(root, 'migrations');
const migrations = readdirSync(directory).sort();
const page = readFileSync(path.join(root, '../../docs/data.md'), 'utf8');
jest.setTimeout(120_000);

/** What one version of the schema has and another has not. */
function missing(from: TableColumns, to: TableColumns): string[] {
  return Object.entries(from).flatMap(([table, columns]) =>
    to[table]
      ? columns
          .filter(column => !to[table].includes(column))
          .map(column => `${table}.${column}`)
      : [table],
  );
}

describe.each(databases.names)('migrations on %s', name => {
  it('go back to every earlier version and forward again, and keep what that version knows', async () => {
    const knex = await databases.open(name);
    const world = new SampleWorld(
      mkdtempSync(path.join(tmpdir(), 'agentic-migrations-')),
    );
    const first = await createTestHost({ knex, world });
    const done = await first.create({ serviceName: 'done' });
    const parked = await first.create({ serviceName: 'parked' });
    await first.reaches(done, 'awaiting_approval');
    await first.reaches(parked, 'awaiting_approval');
    await first.approve(done);
    await first.reaches(done, 'completed');
    await first.shutdown();
    await fillEmptyTables(knex);

    const latest = await tableColumns(knex);
    for (let version = migrations.length - 1; version > 0; version -= 1) {
      const above = await tableColumns(knex);
      const before = await tableRows(knex, above);
      await knex.migrate.down({ directory });
      const known = await tableColumns(knex);
      expect(missing(known, above)).toEqual([]);
      const wanted = Object.fromEntries(
        Object.entries(known).map(([table, columns]) => [
          table,
          before[table]
            .map(row => {
              const values = JSON.parse(row);
              return JSON.stringify(
                columns.map(column => values[above[table].indexOf(column)]),
              );
            })
            .sort(),
        ]),
      );
      expect(await tableRows(knex, known)).toEqual(wanted);

      // What is lost by this step back is told to those who think of going it.
      const told = page
        .split('\n')
        .find(line => line.startsWith(`| \`${migrations[version]}\``));
      for (const lost of missing(above, known)) {
        expect(told).toContain(`\`${lost}\``);
      }

      await knex.migrate.up({ directory });
      expect(await tableColumns(knex)).toEqual(above);
      expect(await tableRows(knex, known)).toEqual(wanted);
      await knex.migrate.down({ directory });
      expect(await tableColumns(knex)).toEqual(known);
    }

    await knex.migrate.latest({ directory });
    expect(await tableColumns(knex)).toEqual(latest);
    const again = await createTestHost({ knex, world });
    // The critic's verdict was lost on the way: it looks anew, and people are asked anew.
    while ((await again.host.store.row(parked))?.phase !== 'completed') {
      await again.approve(parked).catch(() => sleep(50));
    }
    // Each of the two workflows made its two things once.
    expect([...world.ledger].sort()).toEqual([
      'made process',
      'made process',
      'made repo',
      'made repo',
    ]);
    await again.shutdown();
  });
});
