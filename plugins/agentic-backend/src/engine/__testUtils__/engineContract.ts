import { setTimeout as sleep } from 'node:timers/promises';
import type {
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowEngine,
  WorkflowProgram,
  WorkflowRun,
} from '../../runtime/WorkflowEngine';
import { taskRunId, workflowRunId } from '../runIds';

/** One storage, on which engines are made one after the other. */
export interface EngineStorage {
  newEngine(): WorkflowEngine;
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
  ms = 60_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`Not within ${ms} ms: ${what}`);
    }
    await sleep(20);
  }
}

/** The engine under test, launched anew in each case on the same storage. */
export class EngineBench {
  #engine?: WorkflowEngine;

  constructor(private readonly storage: EngineStorage) {}

  get engine(): WorkflowEngine {
    if (!this.#engine) {
      throw new Error('The case has not launched an engine yet');
    }
    return this.#engine;
  }

  async launch(program: WorkflowProgram): Promise<void> {
    this.#engine = this.storage.newEngine();
    await this.#engine.launch(program);
  }

  async ended(workflowId: string): Promise<void> {
    await until(`${workflowId} ended`, async () => {
      const state = await this.engine.stateOf(run(workflowId));
      return state === 'ended';
    });
  }
}

async function drivesToTheEnd(bench: EngineBench): Promise<void> {
  const program = new ScriptedProgram((_, look) => ({
    status: look < 3 ? 'continue' : 'done',
  }));
  await bench.launch(program);
  expect(await bench.engine.stateOf(run('plain'))).toBe('absent');
  await bench.engine.startRun(run('plain'));
  await bench.ended('plain');
  expect(program.looks.get('plain.g1')).toBe(3);
  await bench.engine.checkHealth();
}

async function startsOnce(bench: EngineBench): Promise<void> {
  const program = new ScriptedProgram(() => ({ status: 'done' }));
  await bench.launch(program);
  await Promise.all([
    bench.engine.startRun(run('once')),
    bench.engine.startRun(run('once')),
  ]);
  await bench.ended('once');
  await bench.engine.startRun(run('once'));
  await sleep(200);
  expect(program.looks.get('once.g1')).toBe(1);
}

async function separatesGenerations(bench: EngineBench): Promise<void> {
  const program = new ScriptedProgram(() => ({ status: 'done' }));
  await bench.launch(program);
  await bench.engine.startRun(run('again'));
  await bench.engine.startRun({ workflowId: 'again', generation: 2 });
  await bench.ended('again');
  await until('generation 2 looked', () => program.looks.has('again.g2'));
}

async function wakesBySignal(bench: EngineBench): Promise<void> {
  let open = false;
  const program = new ScriptedProgram(() =>
    open ? { status: 'done' } : { status: 'wait', start: [] },
  );
  await bench.launch(program);
  await bench.engine.startRun(run('gate'));
  await until('looked once', () => program.looks.get('gate.g1') === 1);
  expect(await bench.engine.stateOf(run('gate'))).toBe('running');
  await bench.engine.signal(run('gate'));
  await until('looked again', () => program.looks.get('gate.g1') === 2);
  open = true;
  await bench.engine.signal(run('gate'));
  await bench.ended('gate');
  await bench.engine.signal(run('nobody'));
}

async function readsManySignalsAsOne(bench: EngineBench): Promise<void> {
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
  await bench.launch(program);
  await bench.engine.startRun(run('busy'));
  await until('working', () => program.looks.get('busy.g1') === 1);
  for (let i = 0; i < 10; i++) {
    await bench.engine.signal(run('busy'));
  }
  release();
  await until('looked again', () => program.looks.get('busy.g1') === 2);
  await sleep(500);
  expect(program.looks.get('busy.g1')).toBe(2);
  await bench.engine.endRun(run('busy'));
}

async function runsTasksInParallel(bench: EngineBench): Promise<void> {
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
  await bench.launch(program);
  await bench.engine.startRun(run('parallel'));
  await bench.ended('parallel');
  expect(together).toBe(3);
  expect(
    ['a', 'b', 'c'].map(id => program.looks.get(`parallel.g1.${id}.1`)),
  ).toEqual([1, 1, 1]);
}

async function signalsTasks(bench: EngineBench): Promise<void> {
  let workflowDone = false;
  let taskDone = false;
  const program = new ScriptedProgram(
    ({ workflowId }) =>
      workflowDone
        ? { status: 'done' }
        : { status: 'wait', start: [task(workflowId, 'slow')] },
    () => (taskDone ? { status: 'done' } : { status: 'wait' }),
  );
  await bench.launch(program);
  await bench.engine.startRun(run('left'));
  const taskLooks = () => program.looks.get('left.g1.slow.1') ?? 0;
  await until('task waits', () => taskLooks() === 1);
  await bench.engine.signal(run('left'));
  await until('task looked', () => taskLooks() === 2);
  workflowDone = true;
  taskDone = true;
  // Only the workflow is told; the task hears of it from the workflow's end.
  await bench.engine.signal(run('left'));
  await bench.ended('left');
  await until('task looked at the end', () => taskLooks() >= 3);
}

async function wakesByTime(bench: EngineBench): Promise<void> {
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
  await bench.launch(program);
  const launched = Date.now();
  await bench.engine.startRun(run('timer'));
  await bench.ended('timer');
  expect(Date.now() - launched).toBeGreaterThanOrEqual(400);
  expect(program.looks.get('timer.g1.timed.1')).toBe(3);
  expect(Date.now() - begun).toBeLessThan(30_000);
}

async function asksAgain(bench: EngineBench): Promise<void> {
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
  await bench.launch(program);
  await bench.engine.startRun(run('outage'));
  await bench.ended('outage');
  expect(program.looks.get('outage.g1')).toBe(5);
  expect(program.looks.get('outage.g1.stubborn.1')).toBe(3);
}

async function listsAndEnds(bench: EngineBench): Promise<void> {
  const program = new ScriptedProgram(
    ({ workflowId }) => ({
      status: 'wait',
      start: [task(workflowId, 'waits')],
    }),
    () => ({ status: 'wait' }),
  );
  await bench.launch(program);
  await bench.engine.startRun(run('listed.g7'));
  await until('task waits', () => program.looks.has('listed.g7.g1.waits.1'));
  expect(await bench.engine.listRunning()).toEqual([run('listed.g7')]);
  await bench.engine.endRun(run('listed.g7'));
  expect(await bench.engine.stateOf(run('listed.g7'))).toBe('ended');
  expect(await bench.engine.listRunning()).toEqual([]);
  const looks = new Map(program.looks);
  await bench.engine.signal(run('listed.g7'));
  await sleep(300);
  expect(program.looks).toEqual(looks);
  await bench.engine.endRun(run('nobody'));
}

async function canBeCalledFromInside(bench: EngineBench): Promise<void> {
  const program = new ScriptedProgram(async ({ workflowId }) => {
    if (workflowId === 'caller') {
      await bench.engine.startRun(run('called'));
      await bench.engine.signal(run('called'));
      await bench.engine.signal(run('caller'));
    }
    return { status: 'done' };
  });
  await bench.launch(program);
  await bench.engine.startRun(run('caller'));
  await bench.ended('caller');
  await bench.ended('called');
}

async function deletesTheEnded(bench: EngineBench): Promise<void> {
  let stay = true;
  const program = new ScriptedProgram(({ workflowId }, look) => {
    if (workflowId === 'stays') {
      return stay ? { status: 'wait', start: [] } : { status: 'done' };
    }
    return look === 1
      ? { status: 'wait', start: [task(workflowId, 'only')] }
      : { status: 'done' };
  });
  await bench.launch(program);
  await bench.engine.deleteEndedBefore(new Date(Date.now() + 60_000));
  await bench.engine.startRun(run('stays'));
  await bench.engine.startRun(run('goes'));
  await bench.ended('goes');
  expect(
    await bench.engine.deleteEndedBefore(new Date(Date.now() - 60_000)),
  ).toBe(0);
  expect(await bench.engine.stateOf(run('goes'))).toBe('ended');
  expect(
    await bench.engine.deleteEndedBefore(new Date(Date.now() + 60_000)),
  ).toBe(1);
  expect(await bench.engine.stateOf(run('goes'))).toBe('absent');
  expect(await bench.engine.stateOf(run('stays'))).toBe('running');
  stay = false;
  await bench.engine.signal(run('stays'));
  await bench.ended('stays');
}

async function survivesShutdown(bench: EngineBench): Promise<void> {
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
  await bench.launch(before);
  await bench.engine.startRun(run('night'));
  await until('asleep', () => before.looks.has('night.g1.sleeper.1'));
  const begun = Date.now();
  await bench.engine.shutdown();
  expect(Date.now() - begun).toBeLessThan(10_000);
  await expect(bench.engine.checkHealth()).rejects.toThrow(/not running/);

  const after = script();
  await bench.launch(after);
  expect(await bench.engine.stateOf(run('night'))).toBe('running');
  open = true;
  await bench.engine.signal(run('night'));
  await bench.ended('night');
  await until('task ended', () => after.looks.has('night.g1.sleeper.1'));
}

/** What every workflow engine promises: each entry is a test. */
export const engineContract: Readonly<
  Record<string, (bench: EngineBench) => Promise<void>>
> = {
  'drives a run to its end, through continue, and knows its state':
    drivesToTheEnd,
  'starts a run once, however often it is asked, also after its end':
    startsOnce,
  'runs another generation of the same workflow as a run of its own':
    separatesGenerations,
  'wakes a waiting run by a signal, and ignores signals to unknown runs':
    wakesBySignal,
  'looks once for many signals that come while it works': readsManySignalsAsOne,
  'runs tasks in parallel and wakes the workflow when each is done':
    runsTasksInParallel,
  'signals tasks that wait, and lets those a finished workflow leaves behind end':
    signalsTasks,
  'wakes by itself when the time is over': wakesByTime,
  'asks a program that throws again until it answers': asksAgain,
  'lists what runs and ends a run with its tasks': listsAndEnds,
  'lets a program call the engine from inside an advance':
    canBeCalledFromInside,
  'deletes what ended before a time, and nothing else': deletesTheEnded,
  'goes on after a shutdown where it was, on the next launch': survivesShutdown,
};
