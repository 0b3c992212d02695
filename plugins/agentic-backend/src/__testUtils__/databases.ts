import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import { randomBytes } from 'node:crypto';

/**
 * The databases a suite runs on: SQLite, and the PostgreSQL that `AGENTIC_TEST_POSTGRES_URL` names;
 * with `AGENTIC_TEST_ONLY_POSTGRES` set, that one alone.
 */
export function testDatabases(): {
  readonly names: readonly string[];
  open(name: string): Promise<Knex>;
} {
  const sqlite = TestDatabases.create({ ids: ['SQLITE_3'] });
  const opened: Knex[] = [];
  const url = process.env.AGENTIC_TEST_POSTGRES_URL;
  afterAll(async () => {
    await Promise.all(opened.map(knex => knex.destroy()));
  });
  return {
    names: [
      ...(process.env.AGENTIC_TEST_ONLY_POSTGRES ? [] : ['SQLite']),
      ...(url ? ['PostgreSQL'] : []),
    ],
    async open(name) {
      if (name === 'SQLite') {
        return sqlite.init('SQLITE_3' satisfies TestDatabaseId);
      }
      const database = `agentic_test_${randomBytes(6).toString('hex')}`;
      const admin = createKnex({ client: 'pg', connection: url });
      await admin.raw('create database ??', [database]);
      await admin.destroy();
      const target = new URL(url!);
      target.pathname = `/${database}`;
      const knex = createKnex({ client: 'pg', connection: target.href });
      opened.push(knex);
      return knex;
    },
  };
}
