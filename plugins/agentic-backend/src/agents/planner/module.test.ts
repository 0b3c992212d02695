import { startTestBackend } from '@backstage/backend-test-utils';
import {
  agenticPlanningExtensionPoint,
  type Planner,
} from '@agentic-backstage/plugin-agentic-node';
import { aRequest } from './__fixtures__/aRequest';
import { agenticModulePlanner } from './module';

describe('agenticModulePlanner', () => {
  it('gives the host a planner that plans', async () => {
    const planners: Planner[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          agenticPlanningExtensionPoint,
          {
            setPlanner: (planner: Planner) => {
              planners.push(planner);
            },
            addRuntimeProbe: () => {},
          },
        ],
      ],
      features: [agenticModulePlanner],
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
