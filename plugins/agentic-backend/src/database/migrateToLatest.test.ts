import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabases } from '../__testUtils__/databases';
import { tableColumns } from '../__testUtils__/everyTable';
import { migrateToLatest } from './migrateToLatest';

const databases = testDatabases();
const directory = path.resolve(__dirname, '../../migrations');

describe.each(databases.names)('migrateToLatest on %s', name => {
  it('takes away a lock that a killed process has left', async () => {
    const knex = await databases.open(name);
    await migrateToLatest(knex, directory);
    await knex('knex_migrations_lock').update({ is_locked: 1 });
    await migrateToLatest(knex, directory, { staleAfterMs: 300 });
    expect(await knex('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
  });

  it('leaves the schema of a newer version as it is', async () => {
    const knex = await databases.open(name);
    const newer = mkdtempSync(path.join(tmpdir(), 'agentic-newer-'));
    cpSync(directory, newer, { recursive: true });
    writeFileSync(
      path.join(newer, '29990101000000_newer.js'),
      `exports.up = knex => knex.schema.createTable('of_tomorrow', table => table.string('id'));
       exports.down = knex => knex.schema.dropTable('of_tomorrow');`,
    );
    await migrateToLatest(knex, newer);
    await migrateToLatest(knex, directory);
    expect(Object.keys(await tableColumns(knex))).toContain('of_tomorrow');
    expect(await knex('knex_migrations').pluck('name')).toHaveLength(
      readdirSync(directory).length + 1,
    );
  });

  it('fails with the reason when a migration fails', async () => {
    const knex = await databases.open(name);
    const broken = mkdtempSync(path.join(tmpdir(), 'agentic-broken-'));
    writeFileSync(
      path.join(broken, '20260101000000_broken.js'),
      `exports.up = () => { throw new Error('cannot be'); };
       exports.down = () => undefined;`,
    );
    await expect(migrateToLatest(knex, broken)).rejects.toThrow('cannot be');
  });
});
