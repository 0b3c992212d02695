import {
  createAgent,
  type AgentContext,
  type ProposedEffect,
} from '@agentic-backstage/plugin-agentic-node';
import { RunbookInput, RunbookOutput } from './schema';
import { findDeployed } from './steps/findDeployed';
import { renderRunbook } from './steps/renderRunbook';

/** The page of the service at hand; the same task gives the same bytes each time. */
function pageOf(context: AgentContext<RunbookInput>): string {
  const { input, outputs, workflow } = context;
  return renderRunbook({
    intent: workflow.intent,
    workflowId: workflow.workflowId,
    contact: input.contact,
    deployed: findDeployed(outputs),
  });
}

/** Writes for a service that was deployed the page that somebody on call needs. */
export const runbookAgent = createAgent<RunbookInput, RunbookOutput>({
  id: 'runbook',
  title: 'Runbook',
  description:
    'Writes for a service that was deployed the page that somebody on call needs.',
  version: '1.0.0',
  input: RunbookInput,
  output: RunbookOutput,

  lane: 'execute',
  permissions: ['artifacts.write'],
  artifacts: 'required',
  emits: [],
  tools: ['runbook.read', 'runbook.write'],

  async plan(context): Promise<ProposedEffect[]> {
    const { serviceName } = context.workflow.intent;
    return [
      {
        key: 'write',
        tool: 'runbook.write',
        params: { serviceName, text: pageOf(context) },
      },
    ];
  },

  async execute(context) {
    const { serviceName } = context.workflow.intent;
    const { artifactId } = await context.artifacts.save({
      name: 'runbook',
      files: [{ path: `${serviceName}.md`, content: pageOf(context) }],
    });
    const { status, result } = await context.effects.apply('write');
    context.log.info(`The runbook of ${serviceName} is ${result.file}`);
    return RunbookOutput.parse({ artifactId, file: result.file, status });
  },

  async monitor({ workflow, tools }) {
    const { serviceName } = workflow.intent;
    const { exists } = await tools.read('runbook.read', { serviceName });
    return {
      status: exists === true ? 'healthy' : 'unhealthy',
      evidence: `The runbook of ${serviceName} is ${
        exists === true ? 'there' : 'gone'
      }`,
    };
  },
});
