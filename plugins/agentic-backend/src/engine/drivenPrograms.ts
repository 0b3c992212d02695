import { DBOS, Error as DbosErrors } from '@dbos-inc/dbos-sdk';
import type {
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowRun,
} from '../runtime/WorkflowEngine';
import { taskRunId, workflowRunId } from './runIds';

/** The topic that wake-ups travel on. */
export const MAIL_TOPIC = 'mail';

/** The names under which the two workflow functions are stored: they must outlive every version of this code. */
export const WORKFLOW_FUNCTION = 'agenticWorkflow';
export const TASK_FUNCTION = 'agenticTask';

const UNTOLD_WAIT_MS = 30 * 24 * 3600 * 1000;
const MAIL_RECHECK_MS = 60_000;

/** What the workflow functions need from the engine that has launched them. */
export interface ProgramDriver {
  advanceWorkflow(run: WorkflowRun): Promise<WorkflowAdvance>;
  advanceTask(run: TaskRun): Promise<TaskAdvance>;
  /** Wakes the tasks a finished workflow leaves behind, so that they look and end too. */
  wakeTasks(run: WorkflowRun): Promise<void>;
  /** Told of an error that no program threw: the run has stopped here and has to be put back on the queue. */
  onStrayError(runId: string, error: unknown): void;
}

let owner: object | undefined;
let currentDriver: ProgramDriver | undefined;

/**
 * Makes `by` the one engine of this process, or refuses with `false` when another is. DBOS is one
 * per process, and so is this.
 */
export function claimProcess(by: object): boolean {
  owner ??= by;
  return owner === by;
}

/** From now on runs in this process are driven by `driver`. Only for the engine that owns the process. */
export function driveWith(driver: ProgramDriver | undefined): void {
  currentDriver = driver;
}

/** Gives the process up again. */
export function releaseProcess(by: object): void {
  if (owner === by) {
    owner = undefined;
    currentDriver = undefined;
  }
}

/** True for the two errors by which DBOS itself takes a run away: another owner, or cancelled. */
function isTakenAway(error: unknown): boolean {
  return (
    error instanceof DbosErrors.DBOSWorkflowConflictError ||
    error instanceof DbosErrors.DBOSWorkflowCancelledError
  );
}

/**
 * Runs `drive` so that its run can never be stored as failed: whatever else goes wrong, the run is
 * handed back, and this execution of it ends as one that has lost its run.
 */
async function neverFailing(
  runId: string,
  drive: (driver: ProgramDriver) => Promise<void>,
): Promise<void> {
  const driver = currentDriver;
  if (!driver) {
    throw new DbosErrors.DBOSWorkflowConflictError(runId);
  }
  try {
    await drive(driver);
  } catch (error) {
    if (isTakenAway(error)) {
      throw error;
    }
    driver.onStrayError(runId, error);
    throw new DbosErrors.DBOSWorkflowConflictError(runId);
  }
}

async function waitForMail(wakeAfterMs = UNTOLD_WAIT_MS): Promise<void> {
  await DBOS.recv(MAIL_TOPIC, {
    timeoutSeconds: Math.max(wakeAfterMs, 1) / 1000,
    pollingIntervalMs: MAIL_RECHECK_MS,
  });
}

async function sendMail(runId: string): Promise<void> {
  try {
    await DBOS.send(runId, 'look', MAIL_TOPIC);
  } catch (error) {
    if (!(error instanceof DbosErrors.DBOSNonExistentWorkflowError)) {
      throw error;
    }
  }
}

async function driveTask(run: TaskRun): Promise<void> {
  await neverFailing(taskRunId(run), async driver => {
    for (;;) {
      const advance = await DBOS.runStep(() => driver.advanceTask(run), {
        name: 'advanceTask',
      });
      if (advance.status === 'done') {
        await sendMail(workflowRunId(run));
        return;
      }
      if (advance.status === 'wait') {
        await waitForMail(advance.wakeAfterMs);
      }
    }
  });
}

// Registered when the module loads, because DBOS refuses registrations once it is launched, and
// with no limit on recoveries that a run waiting for months could reach.
const taskFunction = DBOS.registerWorkflow(driveTask, {
  name: TASK_FUNCTION,
  maxRecoveryAttempts: 1_000_000_000,
});

async function driveWorkflow(run: WorkflowRun): Promise<void> {
  await neverFailing(workflowRunId(run), async driver => {
    const started = new Set<string>();
    for (;;) {
      const advance = await DBOS.runStep(() => driver.advanceWorkflow(run), {
        name: 'advanceWorkflow',
      });
      if (advance.status === 'done') {
        await DBOS.runStep(() => driver.wakeTasks(run), { name: 'wakeTasks' });
        return;
      }
      if (advance.status === 'wait') {
        for (const task of advance.start) {
          const workflowID = taskRunId(task);
          if (!started.has(workflowID)) {
            started.add(workflowID);
            await DBOS.startWorkflow(taskFunction, { workflowID })(task);
          }
        }
        await waitForMail(advance.wakeAfterMs);
      }
    }
  });
}

/** The registered function of a workflow's run; start it with the id of `workflowRunId`. */
export const workflowFunction = DBOS.registerWorkflow(driveWorkflow, {
  name: WORKFLOW_FUNCTION,
  maxRecoveryAttempts: 1_000_000_000,
});
