import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowProgram,
} from '../../runtime/WorkflowEngine';
import {
  createWorkflowEngine,
  type WorkflowEngineOptions,
} from '../createWorkflowEngine';

/** What the parent tells this process in its one argument. */
export interface CrashingHostOptions {
  readonly engine:
    | { readonly kind: 'pglite'; readonly dataFolder: string }
    | {
        readonly kind: 'postgres';
        readonly schema: string;
        readonly connection: { readonly connectionString: string };
      };
  /** The file that stands for the plugin database: one JSON line per fact. */
  readonly facts: string;
  /** The run to start and to wait for; without it the process only serves. */
  readonly start?: string;
  readonly waitFor?: string;
  /** The boundary between two steps at which this process kills itself. */
  readonly killAt?: number;
}

const options = JSON.parse(process.argv[2]) as CrashingHostOptions;

const say = (line: object) =>
  process.stdout.write(`${JSON.stringify({ at: Date.now(), ...line })}\n`);

const logger: LoggerService = {
  debug: () => {},
  info: message => say({ info: message }),
  warn: message => say({ warn: message }),
  error: message => say({ error: String(message) }),
  child: () => logger,
};

let boundaries = 0;
function boundary() {
  boundaries++;
  if (boundaries === options.killAt) {
    process.kill(process.pid, 'SIGKILL');
  }
}

function facts(): string[] {
  return existsSync(options.facts)
    ? readFileSync(options.facts, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).fact)
    : [];
}

/** Writes the fact down, with a boundary on either side of it. */
function establish(fact: string) {
  boundary();
  const line = JSON.stringify({ fact, pid: process.pid, at: Date.now() });
  appendFileSync(options.facts, `${line}\n`);
  boundary();
}

const taskOf = (workflowId: string, taskId: string): TaskRun => ({
  workflowId,
  generation: 1,
  taskId,
  attempt: 1,
});

/** Plan, then two tasks at a time, then a third, each in two pieces; or a clock that ticks for ever. */
const program: WorkflowProgram = {
  async advanceWorkflow({ workflowId }): Promise<WorkflowAdvance> {
    if (workflowId.startsWith('clock')) {
      return { status: 'wait', start: [taskOf(workflowId, 'tick')] };
    }
    const known = facts();
    const isDone = (task: string) => known.includes(`${workflowId} ${task} 2`);
    if (!known.includes(`${workflowId} planned`)) {
      establish(`${workflowId} planned`);
      return { status: 'continue' };
    }
    if (!isDone('a') || !isDone('b')) {
      const start = [taskOf(workflowId, 'a'), taskOf(workflowId, 'b')];
      return { status: 'wait', start };
    }
    if (!isDone('c')) {
      return { status: 'wait', start: [taskOf(workflowId, 'c')] };
    }
    if (!known.includes(`${workflowId} completed`)) {
      establish(`${workflowId} completed`);
    }
    return { status: 'done' };
  },

  async advanceTask({ workflowId, taskId }): Promise<TaskAdvance> {
    if (taskId === 'tick') {
      establish(`${workflowId} tick`);
      return { status: 'wait', wakeAfterMs: 200 };
    }
    const known = facts();
    for (const piece of [1, 2]) {
      const fact = `${workflowId} ${taskId} ${piece}`;
      if (!known.includes(fact)) {
        establish(fact);
        return piece === 1 ? { status: 'continue' } : { status: 'done' };
      }
    }
    return { status: 'done' };
  },
};

async function main() {
  const engineOptions: WorkflowEngineOptions = { ...options.engine, logger };
  const engine = createWorkflowEngine(engineOptions);
  const begun = Date.now();
  await engine.launch(program);
  say({ launchedInMs: Date.now() - begun });
  if (options.start) {
    await engine.startRun({ workflowId: options.start, generation: 1 });
  }
  if (options.waitFor) {
    const run = { workflowId: options.waitFor, generation: 1 };
    while ((await engine.stateOf(run)) === 'running') {
      await sleep(25);
    }
    say({ state: await engine.stateOf(run), boundaries });
    await engine.shutdown();
  }
}

main().catch(error => {
  say({ error: String(error) });
  process.exitCode = 1;
});
