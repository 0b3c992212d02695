import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { Client } from 'pg';
import { EngineBench, engineContract } from './__testUtils__/engineContract';
import { createWorkflowEngine } from './createWorkflowEngine';

const connectionString = process.env.AGENTIC_TEST_POSTGRES_URL ?? '';
const describeOnPostgres = connectionString ? describe : describe.skip;

describeOnPostgres('DbosWorkflowEngine on PostgreSQL', () => {
  const schema = `engine_${randomBytes(4).toString('hex')}`;
  const logger = mockServices.logger.mock();
  const bench = new EngineBench({
    newEngine: () =>
      createWorkflowEngine({
        kind: 'postgres',
        connection: { connectionString },
        schema,
        logger,
      }),
  });

  afterEach(() => bench.engine.shutdown(), 30_000);
  afterAll(async () => {
    const client = new Client({ connectionString });
    await client.connect();
    await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    await client.end();
  });

  it.each(Object.entries(engineContract))(
    '%s',
    async (_, keeps) => {
      await expect(keeps(bench)).resolves.toBeUndefined();
    },
    60_000,
  );
});
