import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { EngineBench, engineContract } from './__testUtils__/engineContract';
import { createWorkflowEngine } from './createWorkflowEngine';

describe('DbosWorkflowEngine on PGlite', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'agentic-engine-'));
  const logger = mockServices.logger.mock();
  const bench = new EngineBench({
    newEngine: () =>
      createWorkflowEngine({ kind: 'pglite', dataFolder, logger }),
  });

  afterEach(() => bench.engine.shutdown(), 30_000);
  afterAll(() => rm(dataFolder, { recursive: true, force: true }));

  it.each(Object.entries(engineContract))(
    '%s',
    async (_, keeps) => {
      await expect(keeps(bench)).resolves.toBeUndefined();
    },
    120_000,
  );
});
