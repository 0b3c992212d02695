import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';

const count = values => {
  const counts = {};
  for (const value of values) {
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
};

/**
 * What the framework itself says about a workflow that has ended, with the parts
 * that depend on when it was interrupted left out.
 */
export async function recordOf(history, workflow) {
  const { workflowId } = workflow;
  await waitUntil(
    'every event has been sent',
    () => history.outbox(workflowId).waiting === 0,
  );
  const events = history.events(workflowId);
  return {
    phase: workflow.phase,
    tasks: count(workflow.tasks.map(task => `${task.taskId} ${task.status}`)),
    effects: count(
      workflow.effects.map(
        ({ taskId, key, tool, status, readBack }) =>
          `${taskId} ${key} ${tool} ${status} ${readBack?.state}`,
      ),
    ),
    approvals: count(
      workflow.approvals.map(
        ({ taskId, status, decisions }) =>
          `${taskId} ${status} ${decisions.map(
            ({ role, decision }) => `${role}=${decision}`,
          )}`,
      ),
    ),
    artifacts: count(
      workflow.artifacts.map(
        ({ taskId, name, files }) => `${taskId} ${name} ${files.length} files`,
      ),
    ),
    deployments: count(workflow.deployments.map(({ status }) => status)),
    completedOnce: count(
      events
        .filter(
          ({ type, message }) => type === 'task' && message === 'Completed',
        )
        .map(({ taskId }) => taskId),
    ),
    withoutGaps: events.every(({ seq }, index) => seq === index + 1),
    sent: history.outbox(workflowId).sent,
  };
}
