import { testDatabases } from '../../__testUtils__/databases';
import { deleteInBatches } from './deleteInBatches';

const databases = testDatabases();

describe.each(databases.names)('deleteInBatches on %s', name => {
  it.each([0, 1, 9, 10, 11, 25])(
    'deletes %d rows and no other, ten at a time, and lets others work in between',
    async total => {
      const knex = await databases.open(name);
      await knex.schema.createTable('things', table => {
        table.string('name').primary();
        table.boolean('old').notNullable();
      });
      const things = Array.from({ length: total }, (_, index) => ({
        name: `old ${index}`,
        old: true,
      }));
      await knex('things').insert([...things, { name: 'new', old: false }]);
      const statements: string[] = [];
      knex.on('query', ({ sql }) => statements.push(sql));
      await deleteInBatches(
        knex,
        'things',
        () => knex('things').where('old', true),
        10,
      );
      expect(statements).toHaveLength(Math.floor(total / 10) + 1);
      expect(await knex('things').pluck('name')).toEqual(['new']);
    },
  );
});
