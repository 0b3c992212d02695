import { mockCredentials } from '@backstage/backend-test-utils';
import type { CheckpointContext } from '@backstage/plugin-scaffolder-node/alpha';
import type { JsonValue } from '@backstage/types';
import { runAction } from '../__testUtils__/runAction';
import { aTask, someProgress } from '../__testUtils__/samples';
import {
  startFakeAgenticApi,
  type FakeAgenticApi,
} from '../__testUtils__/startFakeAgenticApi';
import { createAgenticWorkflowStartAction } from './createAgenticWorkflowStartAction';

const input = {
  template: 'microservice-with-db',
  parameters: { serviceName: 'user-service', language: 'nodejs' },
};

describe('agentic:workflow:start', () => {
  let api: FakeAgenticApi;
  const action = () =>
    createAgenticWorkflowStartAction({
      client: api.client,
      appBaseUrl: 'http://portal.example/',
      pollInterval: 1,
    });

  beforeAll(async () => {
    api = await startFakeAgenticApi();
  });
  beforeEach(() => api.reset());
  afterAll(() => api?.stop());

  it('starts a workflow and links to its page', async () => {
    const { output } = await runAction(action(), input);
    expect(output).toEqual({
      workflowId: 'wf-1',
      workflowPath: '/agentic/workflows/wf-1',
      workflowUrl: 'http://portal.example/agentic/workflows/wf-1',
      status: 'in_progress',
      phase: 'planning',
      taskCount: 1,
      tasks: [
        {
          taskId: 't1',
          agent: 'codegen',
          title: 'Generate the service',
          status: 'pending',
        },
      ],
    });
    expect(api.requests.map(({ route }) => route)).toEqual(['POST /workflows']);
  });

  it('asks on behalf of the person who runs the template', async () => {
    const ada = mockCredentials.user('user:default/ada.reyes');
    await runAction(action(), input, {
      getInitiatorCredentials: async () => ada,
    });
    expect(api.requests[0].authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: ada,
        targetPluginId: 'agentic',
      }),
    );
  });

  it('leaves out form fields that were left empty', async () => {
    await runAction(action(), {
      template: 'microservice-with-db',
      description: ' ',
      parameters: { serviceName: 'user-service', owner: '', description: '' },
    });
    expect(api.requests[0].body).toMatchObject({
      parameters: { serviceName: 'user-service' },
    });
    expect(api.requests[0].body).not.toHaveProperty('description');
    expect(api.requests[0].body).not.toHaveProperty('parameters.owner');
  });

  it('sends the same idempotency key when the same step runs again, and another for other runs', async () => {
    const run = { task: { id: 'task-1' }, step: { id: 'start' } };
    await runAction(action(), input, run);
    await runAction(action(), input, run);
    await runAction(action(), input, { ...run, step: { id: 'other' } });
    await runAction(action(), input, { ...run, task: { id: 'task-2' } });
    await runAction(action(), input, { ...run, each: { value: 'a' } });
    await runAction(action(), input, { ...run, each: { value: 'b' } });
    const keys = api.requests.map(
      ({ body }) => (body as { idempotencyKey: string }).idempotencyKey,
    );
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(5);
  });

  it('does not start again what a recovered task has a checkpoint for', async () => {
    const kept = new Map<string, JsonValue | void>();
    const run = {
      task: { id: 'task-1' },
      async checkpoint<T extends JsonValue | void>(
        point: CheckpointContext<T>,
      ) {
        if (!kept.has(point.key)) {
          kept.set(point.key, JSON.parse(JSON.stringify(await point.fn())));
        }
        return kept.get(point.key) as T;
      },
    };
    const first = await runAction(action(), input, run);
    const second = await runAction(action(), input, run);
    expect(second.output).toEqual(first.output);
    expect(api.requests).toHaveLength(1);
  });

  it('shows the plan and starts nothing in a dry run', async () => {
    const { output, log } = await runAction(action(), input, {
      isDryRun: true,
    });
    expect(api.requests.map(({ body }) => body)).toEqual([
      { ...input, dryRun: true },
    ]);
    expect(output).toMatchObject({ status: 'planned', taskCount: 2 });
    expect(output).not.toHaveProperty('workflowId');
    expect(log).toEqual([
      'Plan for user-service: 2 tasks, about 2m, monthly cost unknown',
      't1 codegen: Generate the service',
      't2 policy: Check it, after t1',
      'Check Budget: passed. No budget was given',
      'Risk (low) The port is taken. Mitigation: Another is chosen',
    ]);
  });

  it.each([undefined, false, 'accepted' as const])(
    'ends when the workflow is accepted if wait is %s',
    async wait => {
      await runAction(action(), {
        ...input,
        ...(wait !== undefined && { wait }),
      });
      expect(api.requests).toHaveLength(1);
    },
  );

  it.each(['completed', 'awaiting_approval', 'paused'] as const)(
    'waits until the workflow is %s',
    async phase => {
      api.answerWith(
        { status: 201, body: { ...someProgress({ phase: 'planning' }) } },
        { body: someProgress({ phase: 'planning' }) },
        { body: someProgress({ phase: 'running' }) },
        {
          body: someProgress({
            phase,
            tasks: [{ ...aTask, status: 'completed' }],
          }),
        },
      );
      const { output, log } = await runAction(action(), {
        ...input,
        wait: true,
      });
      expect(output).toMatchObject({ phase, tasks: [{ status: 'completed' }] });
      expect(log).toContain('Workflow wf-1 is running');
      expect(api.requests).toHaveLength(4);
    },
  );

  it.each(['failed', 'cancelled', 'rolled_back'] as const)(
    'fails with the reason when it waits and the workflow is %s',
    async phase => {
      api.answerWith(
        { status: 201, body: someProgress({ phase: 'planning' }) },
        { body: someProgress({ phase, error: 'Task t1 found no port' }) },
      );
      await expect(
        runAction(action(), { ...input, wait: true }),
      ).rejects.toThrow(
        `Workflow wf-1 is ${phase}: Task t1 found no port. Open its page`,
      );
    },
  );

  it('stops waiting when the template is cancelled', async () => {
    api.answerWith(
      { status: 201, body: someProgress({ phase: 'planning' }) },
      { body: someProgress({ phase: 'running' }) },
    );
    const controller = new AbortController();
    const run = runAction(
      createAgenticWorkflowStartAction({
        client: api.client,
        appBaseUrl: 'http://portal.example',
        pollInterval: 60_000,
      }),
      { ...input, wait: true },
      { signal: controller.signal },
    );
    const outcome = run.catch(error => error);
    while (api.requests.length < 2) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    controller.abort();
    expect(await outcome).toMatchObject({ name: 'AbortError' });
  });

  it('refuses fields that the API does not know before asking it', async () => {
    const unknown = {
      ...input,
      parameters: { serviceName: 'a', colour: 'red' },
    };
    await expect(runAction(action(), unknown)).rejects.toThrow(/colour/);
    expect(api.requests).toHaveLength(0);
  });

  it('names the field of a value the API would refuse', async () => {
    const tooLong = { parameters: { serviceName: 'a'.repeat(301) } };
    await expect(runAction(action(), tooLong)).rejects.toThrow(
      /parameters\.serviceName/,
    );
    expect(api.requests).toHaveLength(0);
  });
});
