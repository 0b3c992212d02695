import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isMadeByWorkflow } from '../isMadeByWorkflow';

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
