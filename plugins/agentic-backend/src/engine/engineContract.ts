import { setTimeout as sleep } from 'node:timers/promises';
import type {
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowEngine,
  WorkflowProgram,
  WorkflowRun,
} from '../runtime/WorkflowEngine';
import { taskRunId, workflowRunId } from './runIds';

/** One engine's storage, on which engines are opened one after the other. */
export interface EngineStorage {
  newEngine(): WorkflowEngine;
  dispose(): Promise<void>;
}

const run = (workflowId: string): WorkflowRun => ({
  workflowId,
  generation: 1,
});
const task = (workflowId: string, taskId: string): TaskRun => ({
  ...run(workflowId),
  taskId,
  attempt: 1,
});

/** A program made of two functions, which counts how often each run was advanced. */
class ScriptedProgram implements WorkflowProgram {
  readonly looks = new Map<string, number>();

  constructor(
    private readonly onWorkflow: (
      run: WorkflowRun,
      look: number,
    ) => Promise<WorkflowAdvance> | WorkflowAdvance,
    private readonly onTask: (
      run: TaskRun,
      look: number,
    ) => Promise<TaskAdvance> | TaskAdvance = () => ({ status: 'done' }),
  ) {}

  async advanceWorkflow(of: WorkflowRun): Promise<WorkflowAdvance> {
    return this.onWorkflow(of, this.#count(workflowRunId(of)));
  }

  async advanceTask(of: TaskRun): Promise<TaskAdvance> {
    return this.onTask(of, this.#count(taskRunId(of)));
  }

  #count(id: string): number {
    const look = (this.looks.get(id) ?? 0) + 1;
    this.looks.set(id, look);
    return look;
  }
}

async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 15_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`Not within ${ms} ms: ${what}`);
    }
    await sleep(20);
  }
}

/** What every workflow engine promises, as tests. */
export function describeEngineContract(
  name: string,
  openStorage: () => Promise<EngineStorage>,
): void {
  describe(`${name} keeps the contract of a WorkflowEngine`, () => {
    let storage: EngineStorage;
    let engine: WorkflowEngine;

    const launch = async (program: WorkflowProgram) => {
      engine = storage.newEngine();
      await engine.launch(program);
    };
    const ended = (workflowId: string) =>
      until(
        `${workflowId} ended`,
        async () => (await engine.stateOf(run(workflowId))) === 'ended',
      );

    beforeAll(async () => {
      storage = await openStorage();
    }, 60_000);
    afterEach(async () => {
      await engine.shutdown();
    }, 30_000);
    afterAll(async () => {
      await storage.dispose();
    }, 30_000);

    it('drives a run to its end, through continue, and knows its state', async () => {
      const program = new ScriptedProgram((_, look) => ({
        status: look < 3 ? 'continue' : 'done',
      }));
      await launch(program);
      expect(await engine.stateOf(run('plain'))).toBe('absent');
      await engine.startRun(run('plain'));
      await ended('plain');
      expect(program.looks.get('plain.g1')).toBe(3);
      await engine.checkHealth();
    }, 60_000);

    it('starts a run once, however often it is asked, also after its end', async () => {
      const program = new ScriptedProgram(() => ({ status: 'done' }));
      await launch(program);
      await Promise.all([
        engine.startRun(run('once')),
        engine.startRun(run('once')),
      ]);
      await ended('once');
      await engine.startRun(run('once'));
      await sleep(200);
      expect(program.looks.get('once.g1')).toBe(1);
    }, 60_000);

    it('runs another generation of the same workflow as a run of its own', async () => {
      const program = new ScriptedProgram(() => ({ status: 'done' }));
      await launch(program);
      await engine.startRun(run('again'));
      await engine.startRun({ workflowId: 'again', generation: 2 });
      await ended('again');
      await until('generation 2 looked', () => program.looks.has('again.g2'));
    }, 60_000);

    it('wakes a waiting run by a signal, and ignores signals to unknown runs', async () => {
      let open = false;
      const program = new ScriptedProgram(() =>
        open ? { status: 'done' } : { status: 'wait', start: [] },
      );
      await launch(program);
      await engine.startRun(run('gate'));
      await until('looked once', () => program.looks.get('gate.g1') === 1);
      expect(await engine.stateOf(run('gate'))).toBe('running');
      await engine.signal(run('gate'));
      await until('looked again', () => program.looks.get('gate.g1') === 2);
      open = true;
      await engine.signal(run('gate'));
      await ended('gate');
      await engine.signal(run('nobody'));
    }, 60_000);

    it('looks once for many signals that come while it works', async () => {
      let release: () => void = () => {};
      const blocked = new Promise<void>(resolve => {
        release = resolve;
      });
      const program = new ScriptedProgram(async (_, look) => {
        if (look === 1) {
          await blocked;
        }
        return { status: 'wait', start: [] };
      });
      await launch(program);
      await engine.startRun(run('busy'));
      await until('working', () => program.looks.get('busy.g1') === 1);
      for (let i = 0; i < 10; i++) {
        await engine.signal(run('busy'));
      }
      release();
      await until('looked again', () => program.looks.get('busy.g1') === 2);
      await sleep(500);
      expect(program.looks.get('busy.g1')).toBe(2);
      await engine.endRun(run('busy'));
    }, 60_000);

    it('runs tasks in parallel and wakes the workflow when each is done', async () => {
      const running = new Set<string>();
      let together = 0;
      const finished = new Set<string>();
      const program = new ScriptedProgram(
        ({ workflowId }) =>
          finished.size === 3
            ? { status: 'done' }
            : {
                status: 'wait',
                start: ['a', 'b', 'c'].map(id => task(workflowId, id)),
              },
        async ({ taskId }) => {
          running.add(taskId);
          together = Math.max(together, running.size);
          await sleep(300);
          running.delete(taskId);
          finished.add(taskId);
          return { status: 'done' };
        },
      );
      await launch(program);
      await engine.startRun(run('parallel'));
      await ended('parallel');
      expect(together).toBe(3);
      expect(['a', 'b', 'c'].map(id => program.looks.get(`parallel.g1.${id}.1`))).toEqual([1, 1, 1]);
    }, 60_000);

    it('signals tasks that wait, and lets those a finished workflow leaves behind end', async () => {
      let workflowDone = false;
      let taskDone = false;
      const program = new ScriptedProgram(
        ({ workflowId }) =>
          workflowDone
            ? { status: 'done' }
            : { status: 'wait', start: [task(workflowId, 'slow')] },
        () => (taskDone ? { status: 'done' } : { status: 'wait' }),
      );
      await launch(program);
      await engine.startRun(run('left'));
      const taskLooks = () => program.looks.get('left.g1.slow.1') ?? 0;
      await until('task waits', () => taskLooks() === 1);
      await engine.signal(run('left'));
      await until('task looked', () => taskLooks() === 2);
      workflowDone = true;
      taskDone = true;
      // Only the workflow is told; the task hears of it from the workflow's end.
      await engine.signal(run('left'));
      await ended('left');
      await until('task looked at the end', () => taskLooks() >= 3);
    }, 60_000);

    it('wakes by itself when the time is over', async () => {
      const program = new ScriptedProgram(
        ({ workflowId }, look) =>
          look < 3
            ? {
                status: 'wait',
                start: [task(workflowId, 'timed')],
                wakeAfterMs: 400,
              }
            : { status: 'done' },
        (_, look) =>
          look < 3 ? { status: 'wait', wakeAfterMs: 100 } : { status: 'done' },
      );
      const begun = Date.now();
      await launch(program);
      const launched = Date.now();
      await engine.startRun(run('timer'));
      await ended('timer');
      expect(Date.now() - launched).toBeGreaterThanOrEqual(400);
      expect(program.looks.get('timer.g1.timed.1')).toBe(3);
      expect(Date.now() - begun).toBeLessThan(30_000);
    }, 60_000);

    it('asks a program that throws again until it answers', async () => {
      const program = new ScriptedProgram(
        ({ workflowId }, look) => {
          if (look <= 3) {
            throw new Error('the database cannot be reached');
          }
          return look === 4
            ? { status: 'wait', start: [task(workflowId, 'stubborn')] }
            : { status: 'done' };
        },
        (_, look) => {
          if (look <= 2) {
            throw new Error('the database cannot be reached');
          }
          return { status: 'done' };
        },
      );
      await launch(program);
      await engine.startRun(run('outage'));
      await ended('outage');
      expect(program.looks.get('outage.g1')).toBe(5);
      expect(program.looks.get('outage.g1.stubborn.1')).toBe(3);
    }, 60_000);

    it('lists what runs and ends a run with its tasks', async () => {
      const program = new ScriptedProgram(
        ({ workflowId }) => ({
          status: 'wait',
          start: [task(workflowId, 'waits')],
        }),
        () => ({ status: 'wait' }),
      );
      await launch(program);
      await engine.startRun(run('listed.g7'));
      await until('task waits', () => program.looks.has('listed.g7.g1.waits.1'));
      expect(await engine.listRunning()).toEqual([run('listed.g7')]);
      await engine.endRun(run('listed.g7'));
      expect(await engine.stateOf(run('listed.g7'))).toBe('ended');
      expect(await engine.listRunning()).toEqual([]);
      const looks = new Map(program.looks);
      await engine.signal(run('listed.g7'));
      await sleep(300);
      expect(program.looks).toEqual(looks);
      await engine.endRun(run('nobody'));
    }, 60_000);

    it('lets a program call the engine from inside an advance', async () => {
      const program = new ScriptedProgram(async ({ workflowId }) => {
        if (workflowId === 'caller') {
          await engine.startRun(run('called'));
          await engine.signal(run('called'));
          await engine.signal(run('caller'));
        }
        return { status: 'done' };
      });
      await launch(program);
      await engine.startRun(run('caller'));
      await ended('caller');
      await ended('called');
    }, 60_000);

    it('deletes what ended before a time, and nothing else', async () => {
      let stay = true;
      const program = new ScriptedProgram(
        ({ workflowId }, look) => {
          if (workflowId === 'stays') {
            return stay ? { status: 'wait', start: [] } : { status: 'done' };
          }
          return look === 1
            ? { status: 'wait', start: [task(workflowId, 'only')] }
            : { status: 'done' };
        },
      );
      await launch(program);
      await engine.deleteEndedBefore(new Date(Date.now() + 60_000));
      await engine.startRun(run('stays'));
      await engine.startRun(run('goes'));
      await ended('goes');
      expect(await engine.deleteEndedBefore(new Date(Date.now() - 60_000))).toBe(0);
      expect(await engine.stateOf(run('goes'))).toBe('ended');
      expect(await engine.deleteEndedBefore(new Date(Date.now() + 60_000))).toBe(1);
      expect(await engine.stateOf(run('goes'))).toBe('absent');
      expect(await engine.stateOf(run('stays'))).toBe('running');
      stay = false;
      await engine.signal(run('stays'));
      await ended('stays');
    }, 60_000);

    it('goes on after a shutdown where it was, on the next launch', async () => {
      let open = false;
      const script = () =>
        new ScriptedProgram(
          ({ workflowId }) =>
            open
              ? { status: 'done' }
              : { status: 'wait', start: [task(workflowId, 'sleeper')] },
          () => (open ? { status: 'done' } : { status: 'wait' }),
        );
      const before = script();
      await launch(before);
      await engine.startRun(run('night'));
      await until('asleep', () => before.looks.has('night.g1.sleeper.1'));
      const begun = Date.now();
      await engine.shutdown();
      expect(Date.now() - begun).toBeLessThan(10_000);
      await expect(engine.checkHealth()).rejects.toThrow(/not running/);

      const after = script();
      await launch(after);
      expect(await engine.stateOf(run('night'))).toBe('running');
      open = true;
      await engine.signal(run('night'));
      await ended('night');
      await until('task ended', () => after.looks.has('night.g1.sleeper.1'));
    }, 60_000);
  });
}
