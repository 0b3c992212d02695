import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  WorkflowEngine,
  WorkflowProgram,
} from '../runtime/WorkflowEngine';
import { HostProcess } from './__testUtils__/HostProcess';
import { createWorkflowEngine } from './createWorkflowEngine';

const run = (workflowId: string) => ({ workflowId, generation: 1 });
const doneAtOnce: WorkflowProgram = {
  advanceWorkflow: async () => ({ status: 'done' }),
  advanceTask: async () => ({ status: 'done' }),
};

describe('DbosWorkflowEngine in its data folder', () => {
  let root: string;
  const engines: WorkflowEngine[] = [];
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'agentic-engine-'));
  });
  afterEach(async () => {
    await Promise.all(engines.splice(0).map(engine => engine.shutdown()));
  }, 30_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  function engineIn(folder: string, shutdownGraceMs?: number) {
    const dataFolder = join(root, folder);
    const engine = createWorkflowEngine({
      kind: 'pglite',
      dataFolder,
      logger,
      shutdownGraceMs,
    });
    engines.push(engine);
    return engine;
  }

  async function ended(engine: WorkflowEngine, workflowId: string) {
    const deadline = Date.now() + 20_000;
    while ((await engine.stateOf(run(workflowId))) !== 'ended') {
      expect(Date.now()).toBeLessThan(deadline);
      await sleep(20);
    }
  }

  it('puts files that cannot be read aside and starts empty', async () => {
    const files = join(root, 'damaged', 'pgdata');
    await mkdir(files, { recursive: true });
    await writeFile(join(files, 'PG_VERSION'), 'nonsense');
    const engine = engineIn('damaged');
    await engine.launch(doneAtOnce);
    expect(await engine.listRunning()).toEqual([]);
    await engine.startRun(run('fresh'));
    await ended(engine, 'fresh');
    expect(await readdir(join(root, 'damaged'))).toContainEqual(
      expect.stringMatching(/^unreadable-\d+$/),
    );
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('starting with an empty engine'),
    );
  }, 120_000);

  it('is alone in its process, and launches after the other has shut down', async () => {
    const first = engineIn('shared');
    const second = engineIn('other');
    await first.launch(doneAtOnce);
    await expect(second.launch(doneAtOnce)).rejects.toThrow(
      /Another workflow engine runs in this process/,
    );
    await first.startRun(run('still'));
    await ended(first, 'still');
    await first.shutdown();
    await expect(first.startRun(run('late'))).rejects.toThrow(/not running/);
    const third = engineIn('shared');
    await third.launch(doneAtOnce);
    await third.checkHealth();
  }, 120_000);

  it('refuses a folder that another living process uses, and may be launched elsewhere then', async () => {
    const dataFolder = join(root, 'shared');
    const other = new HostProcess({
      engine: { kind: 'pglite', dataFolder },
      facts: join(root, 'facts.jsonl'),
    });
    await other.said('that it launched', l => l.launchedInMs !== undefined);
    await expect(engineIn('shared').launch(doneAtOnce)).rejects.toThrow(
      `in use by process ${other.pid}`,
    );
    other.kill('SIGKILL');
    await other.exited;
    await engineIn('shared').launch(doneAtOnce);
  }, 120_000);

  it('shuts down although a step hangs, and repeats that step at the next launch', async () => {
    let steps = 0;
    const hanging: WorkflowProgram = {
      ...doneAtOnce,
      advanceWorkflow: () => {
        steps++;
        return new Promise(() => {});
      },
    };
    const first = engineIn('shared', 300);
    await first.launch(hanging);
    await first.startRun(run('hung'));
    while (steps === 0) {
      await sleep(10);
    }
    const begun = Date.now();
    await first.shutdown();
    expect(Date.now() - begun).toBeLessThan(8000);

    const second = engineIn('shared');
    await second.launch(doneAtOnce);
    await ended(second, 'hung');
  }, 120_000);
});
