import { startTestBackend } from '@backstage/backend-test-utils';
import { recordingHost } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { aRequest } from './__fixtures__/aRequest';
import { agenticModulePlanner } from './module';

describe('agenticModulePlanner', () => {
  it('gives the host a planner that plans', async () => {
    const { plugin, planners } = recordingHost();
    const backend = await startTestBackend({
      features: [plugin, agenticModulePlanner],
    });

    expect(planners).toHaveLength(1);
    await expect(
      planners[0].plan(
        aRequest({ parameters: { serviceName: 'user-service' } }),
      ),
    ).resolves.toMatchObject({ status: 'planned' });
    await backend.stop();
  });
});
