import { context } from '@opentelemetry/api';
import type { WorkflowProgram } from '../runtime/WorkflowEngine';
import { metrics } from './Metrics';
import { timed } from './timed';
import { contextBehind } from './traceparent';
import { inWork } from './WorkContext';
import type { WorkflowTraces } from './WorkflowTraces';

type StepKind = 'task' | 'workflow';

const running: Record<StepKind, number> = { task: 0, workflow: 0 };

/** Has the steps that this process works on counted. Answers how to stop. */
export function watchSteps(): () => void {
  return metrics.watch('engineSteps', () => [
    [running.task, { kind: 'task' }],
    [running.workflow, { kind: 'workflow' }],
  ]);
}

/**
 * The same program with every step measured, in the trace of its workflow and with its ids in the
 * log: also after a restart, and in whichever process it goes on.
 */
export function observedProgram(
  program: WorkflowProgram,
  traces: Pick<WorkflowTraces, 'of'>,
): WorkflowProgram {
  const step = async <T>(
    kind: StepKind,
    of: { workflowId: string; taskId?: string },
    work: () => Promise<T>,
  ): Promise<T> => {
    const traceparent = await traces.of(of.workflowId);
    const { workflowId, taskId } = of;
    running[kind] += 1;
    try {
      return await timed(
        () =>
          inWork(
            { correlationId: workflowId, traceparent, workflowId, taskId },
            () => context.with(contextBehind(traceparent), work),
          ),
        (seconds, error) =>
          metrics.measure('stepDuration', seconds, {
            kind,
            outcome: error === undefined ? 'done' : 'failed',
          }),
      );
    } finally {
      running[kind] -= 1;
    }
  };
  return {
    advanceWorkflow: run =>
      step('workflow', { workflowId: run.workflowId }, () =>
        program.advanceWorkflow(run),
      ),
    advanceTask: run => step('task', run, () => program.advanceTask(run)),
  };
}
