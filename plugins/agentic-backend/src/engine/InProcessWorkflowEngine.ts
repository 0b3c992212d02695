import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  RunState,
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowEngine,
  WorkflowProgram,
  WorkflowRun,
} from '../runtime/WorkflowEngine';
import { retryUntilAnswered } from './retryUntilAnswered';
import { taskRunId, workflowRunId } from './runIds';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Mailbox {
  ended: boolean;
  hasMail: boolean;
  wake?: () => void;
}

interface WorkflowEntry extends Mailbox {
  readonly run: WorkflowRun;
  readonly tasks: Map<string, Mailbox & { readonly run: TaskRun }>;
  endedAt?: number;
}

/** What an in-process engine remembers; hand the same map to the next engine and the runs go on. */
export type InProcessRuns = Map<string, WorkflowEntry>;

/**
 * A workflow engine of timers and promises: nothing is stored and nothing survives the process.
 * For fast tests of what stands on a WorkflowEngine.
 */
export class InProcessWorkflowEngine implements WorkflowEngine {
  readonly #logger: LoggerService;
  readonly #runs: InProcessRuns;
  readonly #stop = new AbortController();
  readonly #driving = new Set<Promise<void>>();
  #program?: WorkflowProgram;

  constructor(options: { logger: LoggerService; runs?: InProcessRuns }) {
    this.#logger = options.logger;
    this.#runs = options.runs ?? new Map();
  }

  async launch(program: WorkflowProgram): Promise<void> {
    this.#program = program;
    for (const entry of this.#runs.values()) {
      if (!entry.ended) {
        this.#driveWorkflow(entry);
        entry.tasks.forEach(task => this.#driveTask(entry, task));
      }
    }
  }

  async startRun(run: WorkflowRun): Promise<void> {
    this.#requireProgram();
    const id = workflowRunId(run);
    if (!this.#runs.has(id)) {
      const entry = { run, tasks: new Map(), ended: false, hasMail: false };
      this.#runs.set(id, entry);
      this.#driveWorkflow(entry);
    }
  }

  async signal(run: WorkflowRun): Promise<void> {
    this.#requireProgram();
    const entry = this.#runs.get(workflowRunId(run));
    if (entry) {
      [entry, ...entry.tasks.values()].forEach(deliver);
    }
  }

  async stateOf(run: WorkflowRun): Promise<RunState> {
    const entry = this.#runs.get(workflowRunId(run));
    if (!entry) {
      return 'absent';
    }
    return entry.ended ? 'ended' : 'running';
  }

  async listRunning(): Promise<WorkflowRun[]> {
    return [...this.#runs.values()].filter(e => !e.ended).map(e => e.run);
  }

  async endRun(run: WorkflowRun): Promise<void> {
    const entry = this.#runs.get(workflowRunId(run));
    if (entry && !entry.ended) {
      entry.endedAt = Date.now();
      for (const mailbox of [entry, ...entry.tasks.values()]) {
        mailbox.ended = true;
        deliver(mailbox);
      }
    }
  }

  async countEndedBefore(time: Date): Promise<number> {
    return this.#endedBefore(time).length;
  }

  async deleteEndedBefore(time: Date): Promise<number> {
    const old = this.#endedBefore(time);
    old.forEach(id => this.#runs.delete(id));
    return old.length;
  }

  async checkHealth(): Promise<void> {
    this.#requireProgram();
  }

  async shutdown(): Promise<void> {
    this.#stop.abort(new Error('The workflow engine has been shut down'));
    for (const entry of this.#runs.values()) {
      [entry, ...entry.tasks.values()].forEach(mailbox => mailbox.wake?.());
    }
    await Promise.all(this.#driving);
  }

  #endedBefore(time: Date): string[] {
    return [...this.#runs]
      .filter(
        ([, { ended, endedAt }]) =>
          ended && endedAt !== undefined && endedAt < time.getTime(),
      )
      .map(([id]) => id);
  }

  #requireProgram(): WorkflowProgram {
    if (!this.#program || this.#stop.signal.aborted) {
      throw new ServiceUnavailableError(
        'The workflow engine is not running: launch it first',
      );
    }
    return this.#program;
  }

  #driveWorkflow(entry: WorkflowEntry): void {
    const { run } = entry;
    this.#drive(entry, {
      name: `Advancing workflow run ${workflowRunId(run)}`,
      advance: () => this.#requireProgram().advanceWorkflow(run),
      onWait: ({ start }) => start.forEach(task => this.#start(entry, task)),
      onDone: () => {
        entry.endedAt = Date.now();
        entry.tasks.forEach(deliver);
      },
    });
  }

  #start(entry: WorkflowEntry, run: TaskRun): void {
    const id = taskRunId(run);
    if (!entry.tasks.has(id)) {
      const task = { run, ended: false, hasMail: false };
      entry.tasks.set(id, task);
      this.#driveTask(entry, task);
    }
  }

  #driveTask(entry: WorkflowEntry, task: Mailbox & { run: TaskRun }): void {
    if (!task.ended) {
      this.#drive(task, {
        name: `Advancing task run ${taskRunId(task.run)}`,
        advance: () => this.#requireProgram().advanceTask(task.run),
        onWait: () => {},
        onDone: () => deliver(entry),
      });
    }
  }

  #drive<T extends WorkflowAdvance | TaskAdvance>(
    mailbox: Mailbox,
    steps: {
      name: string;
      advance: () => Promise<T>;
      onWait: (advance: Extract<T, { status: 'wait' }>) => void;
      onDone: () => void;
    },
  ): void {
    const driving = this.#loop(mailbox, steps)
      .catch(error => {
        if (!this.#stop.signal.aborted) {
          this.#logger.error(`${steps.name} stopped: ${error}`);
        }
      })
      .finally(() => this.#driving.delete(driving));
    this.#driving.add(driving);
  }

  async #loop<T extends WorkflowAdvance | TaskAdvance>(
    mailbox: Mailbox,
    steps: {
      name: string;
      advance: () => Promise<T>;
      onWait: (advance: Extract<T, { status: 'wait' }>) => void;
      onDone: () => void;
    },
  ): Promise<void> {
    while (!mailbox.ended) {
      mailbox.hasMail = false;
      const advance = await retryUntilAnswered({
        name: steps.name,
        attempt: steps.advance,
        logger: this.#logger,
        stop: this.#stop.signal,
      });
      if (mailbox.ended) {
        return;
      }
      if (isDone(advance)) {
        mailbox.ended = true;
        steps.onDone();
      } else if (isWait(advance)) {
        steps.onWait(advance);
        await this.#mail(mailbox, advance.wakeAfterMs);
        this.#stop.signal.throwIfAborted();
      }
    }
  }

  async #mail(mailbox: Mailbox, wakeAfterMs?: number): Promise<void> {
    if (mailbox.hasMail || mailbox.ended || this.#stop.signal.aborted) {
      return;
    }
    await new Promise<void>(resolve => {
      const timer = setTimeout(
        resolve,
        Math.min(wakeAfterMs ?? LONGEST_TIMER_MS, LONGEST_TIMER_MS),
      );
      mailbox.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    mailbox.wake = undefined;
  }
}

function deliver(mailbox: Mailbox): void {
  mailbox.hasMail = true;
  mailbox.wake?.();
}

function isDone(advance: WorkflowAdvance | TaskAdvance): boolean {
  return advance.status === 'done';
}

function isWait<T extends WorkflowAdvance | TaskAdvance>(
  advance: T,
): advance is Extract<T, { status: 'wait' }> {
  return advance.status === 'wait';
}
