import {
  agentContext,
  agentContract,
  type AgentContextOptions,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { deploymentAgent } from './deploymentAgent';
import type { DeploymentInput } from './schema';

const GENERATED = {
  t10: { agent: 'codegen', output: { artifactId: 'pipeline-files' } },
  t1: { agent: 'codegen', output: { artifactId: 'repository-files' } },
  t2: { agent: 'codegen', output: { artifactId: 'terraform-files' } },
  t3: { agent: 'policy', output: { artifactId: 'report' } },
};

const COMMIT = 'a'.repeat(40);

const OUTCOMES = {
  publish: {
    tool: 'git.publish',
    result: {
      repositoryUrl: 'file:///repositories/user-service.git',
      commit: COMMIT,
      branch: 'main',
      created: true,
    },
  },
  database: {
    tool: 'postgres.provision',
    result: { database: 'user_service', user: 'user_service' },
  },
  start: {
    tool: 'process.deploy',
    result: {
      deploymentId: 'd-1',
      url: 'http://127.0.0.1:9001',
      version: '0.1.0+aaaaaaaaaaaa',
      isolation: 'not isolated',
      pid: 1,
    },
  },
  register: {
    tool: 'catalog.register',
    result: { entityRef: 'component:default/user-service' },
  },
};

function contextWith(
  options: Partial<AgentContextOptions<DeploymentInput>> = {},
) {
  return agentContext<DeploymentInput>({
    input: { target: 'local', strategy: 'rolling' },
    task: { taskId: 't4' },
    outputs: GENERATED,
    effects: OUTCOMES,
    ...options,
  });
}

agentContract({
  agent: deploymentAgent,
  invalidInputs: {
    'no target': { strategy: 'rolling' },
    'a target that there is not': { target: 'moon', strategy: 'rolling' },
    'unknown fields': { target: 'local', strategy: 'rolling', extra: true },
  },
  tasks: {
    'a service with a database': () => ({
      input: { target: 'local' as const, strategy: 'rolling' as const },
      task: { taskId: 't4' },
      outputs: GENERATED,
      effects: OUTCOMES,
    }),
  },
});

describe('deploymentAgent', () => {
  it('proposes every effect in the order it will be carried out', async () => {
    expect(await deploymentAgent.plan!(contextWith())).toEqual([
      {
        key: 'publish',
        tool: 'git.publish',
        params: {
          serviceName: 'user-service',
          artifactIds: [
            'repository-files',
            'terraform-files',
            'pipeline-files',
          ],
          message: 'Create user-service from microservice-with-db',
          branch: 'main',
        },
      },
      {
        key: 'database',
        tool: 'postgres.provision',
        params: { serviceName: 'user-service', database: 'user_service' },
      },
      {
        key: 'start',
        tool: 'process.deploy',
        params: {
          serviceName: 'user-service',
          environment: 'development',
          artifactIds: [
            'repository-files',
            'terraform-files',
            'pipeline-files',
          ],
          port: 8080,
          database: true,
          language: 'nodejs',
        },
      },
      {
        key: 'register',
        tool: 'catalog.register',
        params: {
          serviceName: 'user-service',
          artifactIds: [
            'repository-files',
            'terraform-files',
            'pipeline-files',
          ],
        },
      },
    ]);
  });

  it('proposes the same effects each time it is asked', async () => {
    expect(await deploymentAgent.plan!(contextWith())).toEqual(
      await deploymentAgent.plan!(contextWith()),
    );
  });

  it('leaves the database out for a service without one', async () => {
    const effects = await deploymentAgent.plan!(
      contextWith({ intent: { database: 'none' } }),
    );
    expect(effects.map(({ key }) => key)).toEqual([
      'publish',
      'start',
      'register',
    ]);
    expect(effects[1].params).toMatchObject({ database: false });
  });

  it('refuses to deploy what nobody generated', async () => {
    await expect(
      deploymentAgent.plan!(contextWith({ outputs: {} })),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('nothing to deploy for user-service'),
    });
  });

  it('carries the effects out in order and answers what they gave', async () => {
    const context = contextWith();

    const output = await deploymentAgent.execute(context);

    expect(context.applied).toEqual([
      'publish',
      'database',
      'start',
      'register',
    ]);
    expect(output).toEqual({
      status: 'success',
      deploymentId: 'd-1',
      url: 'http://127.0.0.1:9001',
      repositoryUrl: 'file:///repositories/user-service.git',
      commit: COMMIT,
      version: '0.1.0+aaaaaaaaaaaa',
      entityRef: 'component:default/user-service',
      isolation: 'not isolated',
    });
    expect(context.emitted).toEqual([
      {
        type: 'infra.provisioned',
        detail: {
          workflow_id: 'wf-1',
          service_name: 'user-service',
          environment: 'development',
          resources: ['postgresql database user_service'],
        },
      },
      {
        type: 'deployment.completed',
        detail: {
          workflow_id: 'wf-1',
          service_name: 'user-service',
          environment: 'development',
          deployment_id: 'd-1',
          version: '0.1.0+aaaaaaaaaaaa',
          status: 'success',
          duration_seconds: expect.any(Number),
        },
      },
    ]);
  });

  it.each([
    ['publish', ['publish'], []],
    ['database', ['publish', 'database'], []],
    ['start', ['publish', 'database', 'start'], ['infra.provisioned']],
    [
      'register',
      ['publish', 'database', 'start', 'register'],
      ['infra.provisioned'],
    ],
  ])(
    'stops after an unconfirmed %s and does not call it a success',
    async (key, applied, before) => {
      const context = contextWith({
        effects: {
          ...OUTCOMES,
          [key]: {
            ...OUTCOMES[key as keyof typeof OUTCOMES],
            status: 'unknown',
            evidence: 'no answer',
          },
        },
      });

      const { status } = await deploymentAgent.execute(context);

      expect(status).toBe('unknown');
      expect(context.applied).toEqual(applied);
      expect(context.emitted.map(({ type }) => type)).toEqual([
        ...before,
        'deployment.completed',
      ]);
      expect(context.emitted.at(-1)?.detail).toMatchObject({
        status: 'unknown',
      });
      expect(context.log.text).toContain('no answer');
    },
  );

  it('passes on why an effect failed and claims nothing', async () => {
    const context = contextWith({ effects: { publish: OUTCOMES.publish } });
    await expect(deploymentAgent.execute(context)).rejects.toThrow(
      "'database'",
    );
    expect(context.emitted).toEqual([]);
  });

  it.each([
    [true, 'healthy'],
    [false, 'unhealthy'],
  ])('monitors what it started (healthy: %s)', async (healthy, status) => {
    const asked: unknown[] = [];
    const context = contextWith({
      outputs: {
        ...GENERATED,
        t4: {
          agent: 'deployment',
          output: { status: 'success', deploymentId: 'd-1' },
        },
      },
      tools: {
        'http.probe': params => {
          asked.push(params);
          return { healthy, evidence: 'GET /health' };
        },
      },
    });
    expect(await deploymentAgent.monitor!(context)).toEqual({
      status,
      evidence: 'GET /health',
    });
    expect(asked).toEqual([{ deploymentId: 'd-1' }]);
  });

  it('has nothing to say about what it did not start', async () => {
    expect(await deploymentAgent.monitor!(contextWith())).toMatchObject({
      status: 'unknown',
    });
  });
});
