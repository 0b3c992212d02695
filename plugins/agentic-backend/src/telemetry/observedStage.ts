import type { StageRunner, TaskStage } from '../runtime/task/TaskStage';
import { TaskHold } from '../runtime/TaskHold';
import { inSpan } from './inSpan';
import { metrics } from './Metrics';
import { timed } from './timed';

/** The same stage as a span of its workflow's trace, with its duration measured by agent. */
export function observedStage(
  name: 'prepare' | 'run',
  runner: StageRunner,
): StageRunner {
  return {
    advance: stage =>
      inSpan(`agentic.task.${name}`, { attributes: describe(stage) }, () =>
        timed(
          () => runner.advance(stage),
          (seconds, error) =>
            metrics.measure('stageDuration', seconds, {
              agent: stage.agent.id,
              stage: name,
              outcome: outcomeOf(error, stage),
            }),
        ),
      ),
  };
}

function describe({ stored, task, agent }: TaskStage) {
  return {
    'agentic.workflow.id': stored.row.id,
    'agentic.task.id': task.task_id,
    'agentic.task.attempt': task.attempt,
    'agentic.agent.id': agent.id,
    'agentic.agent.version': agent.version,
    'agentic.environment': stored.row.environment,
    'agentic.service.name': stored.row.service_name,
  };
}

function outcomeOf(error: unknown, stage: TaskStage): string {
  if (error === undefined) return 'done';
  return error instanceof TaskHold || stage.held() ? 'held' : 'failed';
}
