import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createWorkflowEngine } from './createWorkflowEngine';
import { describeEngineContract } from './engineContract';

describeEngineContract('DbosWorkflowEngine on PGlite', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'agentic-engine-'));
  const logger = mockServices.logger.mock();
  return {
    newEngine: () =>
      createWorkflowEngine({ kind: 'pglite', dataFolder, logger }),
    dispose: () => rm(dataFolder, { recursive: true, force: true }),
  };
});
