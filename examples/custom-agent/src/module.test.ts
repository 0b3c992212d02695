import {
  recordingHost,
  samplePlan,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import agenticModuleRunbook from './index';
import { runbookAgent } from './runbookAgent';

async function registeredWith(runbook: Record<string, string> | undefined) {
  const host = recordingHost();
  const backend = await startTestBackend({
    features: [
      host.plugin,
      agenticModuleRunbook,
      mockServices.rootConfig.factory({ data: { agentic: { runbook } } }),
    ],
  });
  await backend.stop();
  return host;
}

describe('agenticModuleRunbook', () => {
  it('registers agent, tools and tasks where it is configured', async () => {
    const { agents, tools, taskSources } = await registeredWith({
      folder: 'runbooks',
      contact: '#on-call',
    });
    expect(agents).toEqual([runbookAgent]);
    expect(tools.map(({ id }) => id)).toEqual(runbookAgent.tools);
    const [source] = taskSources;
    const [task] = source.tasksFor(samplePlan());
    expect(task).toMatchObject({ agent: 'runbook', after: ['deployment'] });
    expect(runbookAgent.input.parse(task.input)).toEqual({
      contact: '#on-call',
    });
    const [generate] = samplePlan().tasks;
    expect(source.tasksFor(samplePlan({ tasks: [generate] }))).toEqual([]);
  });

  it('lists the agent as inactive, with the reason, where it is not', async () => {
    const { agents, inactiveAgents, tools, taskSources } = await registeredWith(
      undefined,
    );
    expect([agents, tools, taskSources]).toEqual([[], [], []]);
    expect(inactiveAgents).toEqual([
      {
        agent: runbookAgent,
        reason: expect.stringContaining('agentic.runbook.folder'),
      },
    ]);
  });
});
