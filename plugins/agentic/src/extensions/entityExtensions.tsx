import { WORKFLOW_ID_ANNOTATION } from '@agentic-backstage/plugin-agentic-common';
import type { Entity } from '@backstage/catalog-model';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';

/** Says whether a component was made by a workflow. */
export function isMadeByWorkflow(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    Boolean(entity.metadata.annotations?.[WORKFLOW_ID_ANNOTATION])
  );
}

/** The tab with the workflows of a service. */
export const entityWorkflowsContent = EntityContentBlueprint.make({
  name: 'workflows',
  params: {
    path: '/workflows',
    title: 'Workflows',
    filter: isMadeByWorkflow,
    loader: () =>
      import('../components/entity/EntityWorkflows').then(m => (
        <m.EntityWorkflows />
      )),
  },
});

/** The card with the latest workflow, deployment and repository of a service. */
export const entityWorkflowCard = EntityCardBlueprint.make({
  name: 'workflow',
  params: {
    type: 'info',
    filter: isMadeByWorkflow,
    loader: () =>
      import('../components/entity/EntityWorkflowCard').then(m => (
        <m.EntityWorkflowCard />
      )),
  },
});
