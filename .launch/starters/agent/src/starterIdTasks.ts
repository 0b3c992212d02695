import type { TaskSource } from '@agentic-backstage/plugin-agentic-node';
import type { StarterIdInput } from './schema';

const input: StarterIdInput = { wanted: ['README.md'] };

/** Gives the agent a task in every plan that generates something, once that is done. */
export const starterIdTasks: TaskSource = {
  id: 'starter-id',
  tasksFor: ({ tasks }) =>
    tasks.some(({ agent }) => agent === 'codegen')
      ? [
          {
            agent: 'starter-id',
            title: 'Starter title',
            after: ['codegen'],
            input: { ...input },
            estimatedSeconds: 1,
          },
        ]
      : [],
};
