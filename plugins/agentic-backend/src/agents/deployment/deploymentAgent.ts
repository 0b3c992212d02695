import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { DeploymentInput, DeploymentOutput, Probed } from './schema';
import { applyInOrder } from './steps/applyInOrder';
import { proposeEffects } from './steps/proposeEffects';
import { provisionedResources, summarise } from './steps/summarise';

/**
 * Publishes what was generated, makes the database, starts the service and registers it: each an
 * effect behind the guard, each read back. It says `success` only when every one was confirmed.
 */
export const deploymentAgent = createAgent<DeploymentInput, DeploymentOutput>({
  id: 'deployment',
  title: 'Deployment',
  description:
    'Publishes the generated files, provisions the database, starts the service and registers it in the catalog.',
  version: '1.0.0',
  lane: 'execute',
  input: DeploymentInput,
  output: DeploymentOutput,
  emits: ['infra.provisioned', 'deployment.completed'],
  tools: [
    'git.publish',
    'postgres.provision',
    'process.deploy',
    'catalog.register',
    'http.probe',
  ],
  secrets: ['*/local-postgres/{service}/**'],
  async plan(context) {
    return proposeEffects(context);
  },
  async execute(context) {
    const { workflow, task, emit } = context;
    const { serviceName, environment } = workflow.intent;
    const service = {
      workflow_id: workflow.workflowId,
      service_name: serviceName,
      environment,
    };
    const startedAt = Date.now();

    const applied = await applyInOrder(proposeEffects(context), context);
    const output = summarise(applied);
    const resources = provisionedResources(applied);
    if (resources.length > 0) {
      emit('infra.provisioned', { ...service, resources });
    }
    emit('deployment.completed', {
      ...service,
      deployment_id:
        output.deploymentId ?? `${workflow.workflowId}.${task.taskId}`,
      version: output.version ?? output.commit ?? 'unknown',
      status: output.status,
      duration_seconds: Math.round((Date.now() - startedAt) / 1000),
    });
    return output;
  },
  async monitor({ task, outputs, tools }) {
    const own = DeploymentOutput.safeParse(outputs.get(task.taskId)?.output);
    if (!own.success || !own.data.deploymentId) {
      return {
        status: 'unknown',
        evidence: 'This task has not started a deployment',
      };
    }
    const { healthy, evidence } = Probed.parse(
      await tools.read('http.probe', { deploymentId: own.data.deploymentId }),
    );
    return { status: healthy ? 'healthy' : 'unhealthy', evidence };
  },
});
