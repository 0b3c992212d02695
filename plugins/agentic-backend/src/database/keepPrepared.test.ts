import { testDatabases } from '../__testUtils__/databases';
import { keepPrepared } from './keepPrepared';

const databases = testDatabases();

describe('keepPrepared', () => {
  async function aDatabase() {
    const knex = await databases.open('SQLite');
    await knex.schema.createTable('things', table => {
      table.increments('id');
      table.string('name');
    });
    const connection = await knex.client.acquireConnection();
    const prepared: string[] = [];
    const { prepare } = connection;
    connection.prepare = (sql: string) => {
      prepared.push(sql);
      return prepare.call(connection, sql);
    };
    await knex.client.releaseConnection(connection);
    await keepPrepared(knex);
    return { knex, prepared };
  }

  it('prepares a statement once and answers each call with its own values', async () => {
    const { knex, prepared } = await aDatabase();
    for (const name of ['one', 'two', 'three']) {
      await knex('things').insert({ name });
    }
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      expect(await knex('things').where('id', index + 1)).toEqual([
        { id: index + 1, name },
      ]);
    }
    expect(prepared).toHaveLength(2);
  });

  it('works in transactions that are taken back', async () => {
    const { knex } = await aDatabase();
    for (let round = 0; round < 3; round++) {
      await expect(
        knex.transaction(async trx => {
          await trx('things').insert({ name: 'lost' });
          throw new Error('never mind');
        }),
      ).rejects.toThrow('never mind');
    }
    expect(await knex('things')).toEqual([]);
  });

  it('sees columns that were added and dropped since', async () => {
    const { knex } = await aDatabase();
    await knex('things').insert({ name: 'one' });
    expect(await knex('things')).toEqual([{ id: 1, name: 'one' }]);
    await knex.schema.alterTable('things', table => {
      table.string('colour').defaultTo('red');
    });
    expect(await knex('things')).toEqual([
      { id: 1, name: 'one', colour: 'red' },
    ]);
    await knex.schema.alterTable('things', table => {
      table.dropColumn('name');
    });
    expect(await knex('things')).toEqual([{ id: 1, colour: 'red' }]);
  });

  it('does not keep more than it may', async () => {
    const { knex, prepared } = await aDatabase();
    for (let length = 1; length <= 501; length++) {
      await knex('things').whereIn('id', Array(length).fill(1));
    }
    prepared.length = 0;
    await knex('things').whereIn('id', Array(501).fill(1));
    expect(prepared).toHaveLength(0);
    await knex('things').whereIn('id', [1]);
    expect(prepared).toHaveLength(1);
  });
});
