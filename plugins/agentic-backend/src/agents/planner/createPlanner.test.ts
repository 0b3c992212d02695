import { DraftedPlan } from './schema';
import { createPlanner } from './createPlanner';
import { aRequest } from './__fixtures__/aRequest';

const REFERENCE =
  'Create a new microservice called user-service with REST API, PostgreSQL, and deploy to staging';

async function planned(request: Parameters<typeof aRequest>[0]) {
  const result = await createPlanner().plan(aRequest(request));
  if (result.status !== 'planned') {
    throw new Error(`not planned: ${JSON.stringify(result, null, 2)}`);
  }
  return result.draft;
}

describe('createPlanner', () => {
  it('gives the reference request exactly its six tasks in order', async () => {
    const { tasks } = await planned({ description: REFERENCE });

    expect(
      tasks.map(({ taskId, agent, title, dependsOn, input }) => ({
        taskId,
        agent,
        title,
        dependsOn,
        input,
      })),
    ).toEqual([
      {
        taskId: 't1',
        agent: 'codegen',
        title: 'Generate repository structure',
        dependsOn: [],
        input: { part: 'repository' },
      },
      {
        taskId: 't2',
        agent: 'codegen',
        title: 'Create Terraform modules for RDS',
        dependsOn: [],
        input: { part: 'infrastructure' },
      },
      {
        taskId: 't3',
        agent: 'codegen',
        title: 'Generate CI/CD pipeline config',
        dependsOn: [],
        input: { part: 'pipeline' },
      },
      {
        taskId: 't4',
        agent: 'deployment',
        title: 'Deploy infrastructure',
        dependsOn: ['t1', 't2', 't3'],
        input: { target: 'local', strategy: 'rolling' },
      },
      {
        taskId: 't5',
        agent: 'policy',
        title: 'Run compliance checks',
        dependsOn: ['t1', 't2', 't3', 't4'],
        input: { scope: 'workflow' },
      },
      {
        taskId: 't6',
        agent: 'observability',
        title: 'Verify health metrics',
        dependsOn: ['t4'],
        input: { check: 'health' },
      },
    ]);
  });

  it('understands the reference request and says where each value came from', async () => {
    const { intent, template } = await planned({ description: REFERENCE });

    expect(template).toBe('microservice-rest-api');
    expect(intent).toEqual({
      type: 'create-service',
      serviceName: 'user-service',
      description: 'REST API on Node.js with PostgreSQL',
      owner: 'group:default/team-a',
      language: 'nodejs',
      pattern: 'rest-api',
      database: 'postgresql',
      environment: 'staging',
      port: 8080,
      highAvailability: false,
      origins: {
        serviceName: 'words',
        description: 'default',
        owner: 'default',
        language: 'default',
        pattern: 'words',
        database: 'words',
        environment: 'words',
        port: 'default',
        highAvailability: 'default',
      },
      words: {
        serviceName: 'called user-service',
        pattern: 'REST API',
        database: 'PostgreSQL',
        environment: 'staging',
      },
    });
  });

  it('shows the four stages in the order in which they ran', async () => {
    const { stages } = await planned({ description: REFERENCE });

    expect(stages.map(({ stage }) => stage)).toEqual([
      'context',
      'draft',
      'optimise',
      'validate',
    ]);
  });

  it('counts tasks that run at the same time once', async () => {
    const { tasks, estimatedSeconds } = await planned({
      description: REFERENCE,
    });
    const [repository, , , deployment, , health] = tasks;

    expect(estimatedSeconds).toBe(
      repository.estimatedSeconds +
        deployment.estimatedSeconds +
        health.estimatedSeconds,
    );
  });

  it('leaves out the database task and numbers the others without a gap', async () => {
    const { tasks, estimatedCost } = await planned({
      template: 'microservice-rest-api',
      parameters: { serviceName: 'user-service', language: 'nodejs' },
    });

    expect(tasks.map(({ taskId }) => taskId)).toEqual([
      't1',
      't2',
      't3',
      't4',
      't5',
    ]);
    expect(tasks.map(({ title }) => title)).not.toContain(
      'Create Terraform modules for RDS',
    );
    expect(tasks[2].dependsOn).toEqual(['t1', 't2']);
    expect(estimatedCost).toMatchObject({ status: 'known', monthly: 0 });
  });

  it('gives the same plan for the same request', async () => {
    const first = await planned({ description: REFERENCE });

    expect(await planned({ description: REFERENCE })).toEqual(first);
  });

  it('gives a plan that passes the schema', async () => {
    const draft = await planned({ description: REFERENCE });

    expect(DraftedPlan.parse(draft)).toEqual(draft);
  });
});
