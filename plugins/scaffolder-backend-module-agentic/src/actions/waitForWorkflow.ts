import { setTimeout as sleep } from 'node:timers/promises';
import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { WorkflowProgress } from '../client/WorkflowProgress';

/** Longest time a template occupies one of the scaffolder's few slots. */
const patience = 30 * 60_000;

/**
 * Looks until the workflow has ended, is paused or waits for people, because a template must not hold
 * its slot while people think. Throws when the workflow ended otherwise than completed. When patience
 * runs out it answers the state reached.
 */
export async function waitForWorkflow(options: {
  look: () => Promise<WorkflowProgress>;
  pollInterval: number;
  logger: Pick<LoggerService, 'info'>;
  signal?: AbortSignal;
}): Promise<WorkflowProgress> {
  const { look, pollInterval, logger, signal } = options;
  const deadline = Date.now() + patience;
  let phase: string | undefined;
  for (;;) {
    const progress = await look();
    if (progress.phase !== phase) {
      phase = progress.phase;
      logger.info(`Workflow ${progress.workflowId} is ${phase}`);
    }
    if (progress.phase === 'completed') {
      return progress;
    }
    if (TERMINAL_PHASES.includes(progress.phase)) {
      throw new Error(
        `Workflow ${progress.workflowId} is ${progress.phase}${
          progress.error ? `: ${progress.error}` : ''
        }. Open its page to see why and to retry`,
      );
    }
    if (
      progress.phase === 'awaiting_approval' ||
      progress.phase === 'paused' ||
      Date.now() >= deadline
    ) {
      return progress;
    }
    await sleep(pollInterval, undefined, { signal });
  }
}
