import { mockServices } from '@backstage/backend-test-utils';
import { EngineBench, engineContract } from './__testUtils__/engineContract';
import {
  InProcessWorkflowEngine,
  type InProcessRuns,
} from './InProcessWorkflowEngine';

describe('InProcessWorkflowEngine', () => {
  const runs: InProcessRuns = new Map();
  const logger = mockServices.logger.mock();
  const bench = new EngineBench({
    newEngine: () => new InProcessWorkflowEngine({ runs, logger }),
  });

  afterEach(() => bench.engine.shutdown());

  it.each(Object.entries(engineContract))('%s', async (_, keeps) => {
    await expect(keeps(bench)).resolves.toBeUndefined();
  });
});
