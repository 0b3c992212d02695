import {
  SETTLED_TASK_STATUSES,
  type WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import type { WorkflowTransaction } from '../database/AgenticDatabase';
import { voidApprovals } from '../database/ApprovalStore';
import { effectsOfWorkflow } from '../database/EffectStore';
import {
  buildEvent,
  enqueueEvents,
  enqueueNotifications,
} from '../database/Outbox';
import { isoNow } from '../database/rows';
import type { TaskRow } from '../database/tables';
import { releaseService, type StoredWorkflow } from '../database/WorkflowStore';
import { noteEnd } from '../telemetry/noteEnd';

/** Ends a workflow whose tasks are all completed. */
export async function endCompleted(
  tx: WorkflowTransaction,
  stored: StoredWorkflow,
): Promise<void> {
  if (
    !stored.tasks.every(task => SETTLED_TASK_STATUSES.includes(task.status))
  ) {
    return;
  }
  await end(tx, 'completed');
}

/** Ends a workflow that failed or was cancelled, when what it did has been undone as far as that goes. */
export async function endUndone(
  tx: WorkflowTransaction,
  tasks: readonly TaskRow[],
  compensation: { allUndone: boolean; undone: number },
): Promise<void> {
  const { workflow } = tx;
  const { allUndone, undone } = compensation;
  await markUndone(tx);
  const failed = tasks.find(
    task => task.status === 'failed' || task.status === 'unknown',
  );
  const reason = workflow.cancel_reason ?? failed?.error ?? 'A task failed';
  await voidApprovals(tx.trx, workflow.id, {
    reason: `The workflow ended: ${reason}`,
  });
  let phase: WorkflowPhase = 'failed';
  if (workflow.cancel_reason !== null) {
    phase = 'cancelled';
  } else if (undone > 0 && allUndone) {
    phase = 'rolled_back';
  }
  const suffix = allUndone
    ? ''
    : ' Not everything could be undone: the record of effects says what is left.';
  if (allUndone) {
    await releaseService(tx.trx, workflow.id);
  }
  tx.update({ error: `${reason}${suffix}` });
  await end(tx, phase);
}

/** A task whose effects were undone is not completed any more, so that a retry does it again. */
async function markUndone(tx: WorkflowTransaction): Promise<void> {
  const effects = await effectsOfWorkflow(tx.trx, tx.workflow.id);
  const touched = effects
    .filter(
      ({ status }) => status === 'rolled_back' || status === 'rollback_failed',
    )
    .map(({ taskId }) => taskId);
  await tx
    .trx<TaskRow>('tasks')
    .where({ workflow_id: tx.workflow.id, status: 'completed' })
    .whereIn('task_id', touched)
    .update({ status: 'rolled_back' });
}

/** Writes the end of a workflow: phase, event, and the message to the person who asked. */
async function end(
  tx: WorkflowTransaction,
  phase: Extract<
    WorkflowPhase,
    'completed' | 'failed' | 'cancelled' | 'rolled_back'
  >,
): Promise<void> {
  const { workflow } = tx;
  const completedAt = isoNow();
  const seconds =
    (Date.parse(completedAt) - Date.parse(workflow.created_at)) / 1000;
  const words = {
    completed: 'is done',
    failed: 'failed',
    cancelled: 'was cancelled',
    rolled_back: 'failed and was undone',
  }[phase];
  tx.update({ phase, completed_at: completedAt });
  tx.afterCommit(() => noteEnd(workflow, phase));
  tx.record({
    kind: 'workflow.ended',
    actor: 'system',
    subject: `workflow:${workflow.id}`,
    payload: { phase, seconds, generation: workflow.generation },
  });
  tx.events.add({
    type: 'workflow',
    level: phase === 'completed' ? 'info' : 'warn',
    message: `The workflow ${words}`,
    data: { phase },
  });
  await enqueueEvents(tx.trx, [
    buildEvent({
      agent: 'planner',
      type: 'workflow.completed',
      correlationId: workflow.id,
      detail: {
        workflow_id: workflow.id,
        service_name: workflow.service_name,
        status: phase,
        duration_seconds: seconds,
      },
    }),
  ]);
  await enqueueNotifications(tx.trx, [
    {
      scope: `agentic:${workflow.id}:g${workflow.generation}:${phase}`,
      recipients: [workflow.requested_by],
      title: `${workflow.service_name} ${words}`,
      description: `Workflow ${workflow.id} for ${workflow.environment} ${words}.`,
      link: `/agentic/workflows/${workflow.id}`,
      severity: phase === 'completed' ? 'normal' : 'high',
    },
  ]);
}
