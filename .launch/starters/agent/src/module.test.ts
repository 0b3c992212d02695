import {
  recordingHost,
  samplePlan,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { startTestBackend } from '@backstage/backend-test-utils';
import { starterIdAgent } from './starterIdAgent';
import agenticModuleStarterId from './index';

describe('agenticModuleStarterId', () => {
  it('registers the agent, with tasks that it takes', async () => {
    const { plugin, agents, taskSources } = recordingHost();
    const backend = await startTestBackend({
      features: [plugin, agenticModuleStarterId],
    });
    await backend.stop();

    expect(agents).toEqual([starterIdAgent]);
    const tasks = taskSources.flatMap(source => source.tasksFor(samplePlan()));
    expect(tasks).toHaveLength(1);
    for (const task of tasks) {
      expect(task.agent).toBe(starterIdAgent.id);
      starterIdAgent.input.parse(task.input);
    }
  });
});
