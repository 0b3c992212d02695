import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { Client } from 'pg';
import { createWorkflowEngine } from './createWorkflowEngine';
import { describeEngineContract } from './engineContract';

const connectionString = process.env.AGENTIC_TEST_POSTGRES_URL;

if (connectionString) {
  describeEngineContract('DbosWorkflowEngine on PostgreSQL', async () => {
    const schema = `engine_${randomBytes(4).toString('hex')}`;
    const logger = mockServices.logger.mock();
    return {
      newEngine: () =>
        createWorkflowEngine({
          kind: 'postgres',
          connection: { connectionString },
          schema,
          logger,
        }),
      dispose: async () => {
        const client = new Client({ connectionString });
        await client.connect();
        await client.query(`DROP SCHEMA "${schema}" CASCADE`);
        await client.end();
      },
    };
  });
} else {
  it.skip('needs AGENTIC_TEST_POSTGRES_URL', () => {});
}
