import type { Workflow } from '@agentic-backstage/plugin-agentic-common';

/** A time in which a task was worked on, or waited for people. */
export interface ExecutionSpan {
  readonly kind: 'waiting' | 'work';
  readonly from: number;
  readonly to: number;
}

/** When one task was under way, and what of it was waiting. */
export interface TaskExecution {
  readonly taskId: string;
  readonly title: string;
  readonly agent: string;
  readonly attempts: number;
  /** In order, without gaps or overlaps; empty for a task that has not begun. */
  readonly spans: readonly ExecutionSpan[];
}

/** When each task of a workflow was worked on and waited for people, from `now` backwards. */
export function executionSpans(
  workflow: Pick<Workflow, 'approvals' | 'tasks'>,
  now: number,
): TaskExecution[] {
  return workflow.tasks.map(task => {
    const from = Date.parse(task.startedAt ?? '');
    const to = task.completedAt ? Date.parse(task.completedAt) : now;
    const waits = workflow.approvals
      .filter(({ taskId }) => taskId === task.taskId)
      .map(approval => ({
        from: Date.parse(approval.createdAt),
        to: decidedAt(approval) ?? Math.min(to, Date.parse(approval.expiresAt)),
      }));
    return {
      taskId: task.taskId,
      title: task.title,
      agent: task.agent,
      attempts: task.attempt,
      spans: Number.isNaN(from) ? [] : split({ from, to }, waits),
    };
  });
}

/** Open approvals have decisions too, while they want another signature. */
function decidedAt({
  status,
  decisions,
}: Workflow['approvals'][number]): number | undefined {
  const last = decisions[decisions.length - 1];
  return status !== 'open' && last ? Date.parse(last.decidedAt) : undefined;
}

function split(
  whole: { from: number; to: number },
  waits: readonly { from: number; to: number }[],
): ExecutionSpan[] {
  const spans: ExecutionSpan[] = [];
  let at = whole.from;
  for (const wait of [...waits].sort((a, b) => a.from - b.from)) {
    const from = Math.max(at, wait.from);
    const to = Math.min(whole.to, wait.to);
    if (to > from) {
      if (from > at) spans.push({ kind: 'work', from: at, to: from });
      spans.push({ kind: 'waiting', from, to });
      at = to;
    }
  }
  if (whole.to > at) spans.push({ kind: 'work', from: at, to: whole.to });
  return spans;
}
