import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { Client } from 'pg';
import { createWorkflowEngine } from './createWorkflowEngine';

const connectionString = process.env.AGENTIC_TEST_POSTGRES_URL ?? '';
const describeOnPostgres = connectionString ? describe : describe.skip;

describeOnPostgres('a run whose steps the engine database refuses', () => {
  const schema = `engine_${randomBytes(4).toString('hex')}`;
  const client = new Client({ connectionString });
  const logger = mockServices.logger.mock();
  const engine = createWorkflowEngine({
    kind: 'postgres',
    connection: { connectionString },
    schema,
    logger,
  });

  beforeAll(() => client.connect());
  afterAll(async () => {
    await engine.shutdown();
    await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    await client.end();
  });

  it('is not stored as failed, and goes on when the database takes them again', async () => {
    let looks = 0;
    await engine.launch({
      advanceWorkflow: async () => {
        looks++;
        return { status: 'done' };
      },
      advanceTask: async () => ({ status: 'done' }),
    });
    await client.query(
      `CREATE FUNCTION "${schema}".refuse() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON "${schema}".operation_outputs
         FOR EACH ROW EXECUTE FUNCTION "${schema}".refuse();`,
    );
    const run = { workflowId: 'refused', generation: 1 };
    await engine.startRun(run);
    while (jest.mocked(logger.error).mock.calls.length === 0) {
      await sleep(20);
    }
    expect(looks).toBe(1);
    expect(await engine.stateOf(run)).toBe('running');

    await client.query(`DROP TRIGGER refuse ON "${schema}".operation_outputs`);
    while ((await engine.stateOf(run)) === 'running') {
      await sleep(50);
    }
    expect(await engine.stateOf(run)).toBe('ended');
    expect(looks).toBeGreaterThanOrEqual(2);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('Run refused.g1 was interrupted 1 time(s)'),
    );
  }, 60_000);
});
