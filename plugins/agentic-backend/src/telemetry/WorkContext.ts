import type { JsonObject } from '@backstage/types';
import { AsyncLocalStorage } from 'node:async_hooks';
import { activeTraceparent } from './traceparent';

/** What a piece of work belongs to: a request, or the step of a workflow. */
export interface WorkContext {
  /** What the caller of a request says, or the id of the workflow. */
  readonly correlationId: string;
  /** The trace it is part of; there is one also where nobody records spans. */
  readonly traceparent: string;
  readonly workflowId?: string;
  readonly taskId?: string;
}

const storage = new AsyncLocalStorage<WorkContext>();

/** What the work that is going on now belongs to. */
export function currentWork(): WorkContext | undefined {
  return storage.getStore();
}

/** Does the work with everything in it, timers included, knowing what it belongs to. */
export function inWork<T>(work: WorkContext, action: () => T): T {
  return storage.run(work, action);
}

/** The `traceparent` to hand on: of the span at work, or of the work itself. */
export function currentTraceparent(): string | undefined {
  return activeTraceparent() ?? currentWork()?.traceparent;
}

/** The ids that every line of the log carries. */
export function workFields(): JsonObject | undefined {
  const work = currentWork();
  const traceparent = currentTraceparent();
  if (!work || !traceparent) return undefined;
  return {
    correlation_id: work.correlationId,
    trace_id: traceparent.split('-')[1],
    ...(work.workflowId && { workflow_id: work.workflowId }),
    ...(work.taskId && { task_id: work.taskId }),
  };
}
