import { createComponentExtension } from '@backstage/core-plugin-api';
import { agenticLegacyPlugin } from './agenticLegacyPlugin';
import { framedForLegacyApp } from './LegacyFrame';

/** The tab with the workflows of a service, for components of which `isMadeByWorkflow` is true. */
export const EntityAgenticWorkflowsContent = agenticLegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityAgenticWorkflowsContent',
    component: {
      lazy: () =>
        import('../components/entity/EntityWorkflows').then(m =>
          framedForLegacyApp(m.EntityWorkflows),
        ),
    },
  }),
);

/** The card with the latest workflow, deployment and repository of a service. */
export const EntityAgenticWorkflowCard = agenticLegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityAgenticWorkflowCard',
    component: {
      lazy: () =>
        import('../components/entity/EntityWorkflowCard').then(m =>
          framedForLegacyApp(m.EntityWorkflowCard),
        ),
    },
  }),
);
