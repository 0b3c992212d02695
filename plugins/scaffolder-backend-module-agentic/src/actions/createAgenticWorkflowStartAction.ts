import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { AgenticClient } from '../client/AgenticClient';
import { filledIn } from './filledIn';
import { idempotencyKey } from './idempotencyKey';
import { logPlan } from './logPlan';
import { parametersSchema } from './parametersSchema';
import { taskLine } from './taskLine';
import { waitForWorkflow } from './waitForWorkflow';
import { workflowStartExamples } from './workflowStartExamples';

/**
 * `agentic:workflow:start`: starts a workflow as the person who runs the template and links to it.
 * In a dry run it logs the plan and starts nothing.
 */
export function createAgenticWorkflowStartAction(options: {
  client: AgenticClient;
  appBaseUrl: string;
  /** How often to look while waiting, in milliseconds. */
  pollInterval?: number;
}) {
  const { client, appBaseUrl, pollInterval = 2000 } = options;
  return createTemplateAction({
    id: 'agentic:workflow:start',
    description:
      'Plans a service and starts the workflow that generates, checks, publishes and deploys it',
    examples: workflowStartExamples,
    supportsDryRun: true,
    schema: {
      input: {
        template: z =>
          z
            .string()
            .describe(
              'Template of the agentic backend, e.g. microservice-with-db',
            )
            .optional(),
        description: z =>
          z.string().describe('The request in plain words').optional(),
        changeReason: z =>
          z
            .string()
            .max(500)
            .describe('Why the change is made now; environments may ask for it')
            .optional(),
        parameters: z =>
          parametersSchema(z)
            .describe('Filled-in form; wins over the words')
            .optional(),
        wait: z =>
          z
            .union([z.boolean(), z.literal('accepted')])
            .describe(
              'accepted or false: end as soon as the workflow is accepted (default). true: end when it has finished or needs an approval, and fail when it fails',
            )
            .optional(),
      },
      output: {
        workflowId: z => z.string().describe('Id of the workflow').optional(),
        workflowPath: z =>
          z.string().describe('Path of its page in this portal').optional(),
        workflowUrl: z =>
          z.string().describe('Full URL of its page').optional(),
        status: z => z.string().describe('Status, e.g. in_progress'),
        phase: z =>
          z.string().describe('Exact state, e.g. planning').optional(),
        taskCount: z => z.number().describe('Number of planned tasks'),
        tasks: z =>
          z
            .array(
              z.object({
                taskId: z.string(),
                agent: z.string(),
                title: z.string(),
                status: z.string(),
              }),
            )
            .describe('The planned tasks'),
      },
    },
    async handler(ctx) {
      const {
        template,
        description,
        changeReason,
        parameters = {},
      } = ctx.input;
      const request = {
        ...filledIn({ template, description, changeReason }),
        parameters: filledIn(parameters),
      };
      const call = {
        credentials: await ctx.getInitiatorCredentials(),
        signal: ctx.signal,
      };

      if (ctx.isDryRun) {
        const { plan } = await client.previewPlan(request, call);
        logPlan(plan, ctx.logger);
        ctx.output('status', 'planned');
        ctx.output('taskCount', plan.tasks.length);
        ctx.output(
          'tasks',
          plan.tasks.map(task => taskLine({ ...task, status: 'pending' })),
        );
        return;
      }

      const key = idempotencyKey(ctx);
      const started = await ctx.checkpoint({
        key: `agentic.workflow.start.${key}`,
        fn: async () => {
          const { workflowId, status, phase, tasks } =
            await client.startWorkflow(
              { ...request, idempotencyKey: key },
              call,
            );
          return { workflowId, status, phase, tasks: tasks.map(taskLine) };
        },
      });
      const { workflowId } = started;
      const workflowPath = `/agentic/workflows/${encodeURIComponent(
        workflowId,
      )}`;
      ctx.output('workflowId', workflowId);
      ctx.output('workflowPath', workflowPath);
      ctx.output(
        'workflowUrl',
        `${appBaseUrl.replace(/\/+$/, '')}${workflowPath}`,
      );
      ctx.logger.info(`Workflow ${workflowId} is accepted: ${workflowPath}`);

      const reached =
        ctx.input.wait === true
          ? await waitForWorkflow({
              look: () => client.getProgress(workflowId, call),
              pollInterval,
              logger: ctx.logger,
              signal: ctx.signal,
            })
          : started;
      ctx.output('status', reached.status);
      ctx.output('phase', reached.phase);
      ctx.output('taskCount', reached.tasks.length);
      ctx.output('tasks', reached.tasks.map(taskLine));
    },
  });
}
