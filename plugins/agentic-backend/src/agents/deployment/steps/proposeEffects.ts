import type {
  AgentContext,
  ProposedEffect,
} from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';

function artifactIdsOf(outputs: AgentContext<unknown>['outputs']): string[] {
  return [...outputs.entries()]
    .filter(([, { agent }]) => agent === 'codegen')
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([, { output }]) => output.artifactId)
    .filter((id): id is string => typeof id === 'string');
}

/**
 * The effects of a deployment, in the order they are carried out: nothing is started that is not
 * published, and nothing is registered that was not started.
 */
export function proposeEffects(
  context: Pick<AgentContext<unknown>, 'workflow' | 'outputs'>,
): ProposedEffect[] {
  const { intent, template } = context.workflow;
  const { serviceName, environment, language, port } = intent;
  const artifactIds = artifactIdsOf(context.outputs);
  if (artifactIds.length === 0) {
    throw new InputError(
      `There is nothing to deploy for ${serviceName}: no task before this one generated files; let this task depend on the codegen tasks`,
    );
  }
  const database = intent.database === 'postgresql';
  return [
    {
      key: 'publish',
      tool: 'git.publish',
      params: {
        serviceName,
        artifactIds,
        message: `Create ${serviceName} from ${template}`,
        branch: 'main',
      },
    },
    ...(database
      ? [
          {
            key: 'database',
            tool: 'postgres.provision',
            params: { serviceName, database: serviceName.replaceAll('-', '_') },
          },
        ]
      : []),
    {
      key: 'start',
      tool: 'process.deploy',
      params: {
        serviceName,
        environment,
        artifactIds,
        port,
        database,
        language,
      },
    },
    {
      key: 'register',
      tool: 'catalog.register',
      params: { serviceName, artifactIds },
    },
  ];
}
