import type { TaskSource } from '@agentic-backstage/plugin-agentic-node';
import type { RunbookInput } from './schema';

/** Gives the agent a task in every plan that deploys something, once that is done. */
export function runbookTasks(input: RunbookInput): TaskSource {
  return {
    id: 'runbook',
    tasksFor: ({ tasks }) =>
      tasks.some(({ agent }) => agent === 'deployment')
        ? [
            {
              agent: 'runbook',
              title: 'Write the runbook',
              after: ['deployment'],
              input: { ...input },
              estimatedSeconds: 2,
            },
          ]
        : [],
  };
}
