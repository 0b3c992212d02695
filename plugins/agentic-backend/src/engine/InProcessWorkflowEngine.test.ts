import { mockServices } from '@backstage/backend-test-utils';
import { describeEngineContract } from './engineContract';
import {
  InProcessWorkflowEngine,
  type InProcessRuns,
} from './InProcessWorkflowEngine';

describeEngineContract('InProcessWorkflowEngine', async () => {
  const runs: InProcessRuns = new Map();
  const logger = mockServices.logger.mock();
  return {
    newEngine: () => new InProcessWorkflowEngine({ runs, logger }),
    dispose: async () => {},
  };
});
