import { createRoutableExtension } from '@backstage/core-plugin-api';
import { agenticLegacyPlugin } from './agenticLegacyPlugin';
import { inLegacyPage } from './LegacyFrame';
import { legacyRoutes } from './legacyRoutes';

/** The list of workflows and the page of each workflow. */
export const AgenticWorkflowsPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticWorkflowsPage',
    mountPoint: legacyRoutes.workflows,
    component: () =>
      import('../components/WorkflowsRouter').then(m =>
        inLegacyPage('workflows', m.WorkflowsRouter),
      ),
  }),
);

/** The inbox of open approvals. */
export const AgenticApprovalsPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticApprovalsPage',
    mountPoint: legacyRoutes.approvals,
    component: () =>
      import('../components/approval/ApprovalsPage').then(m =>
        inLegacyPage('approvals', m.ApprovalsPage),
      ),
  }),
);

/** The agents: what they may do, stop and release, and what they lean on. */
export const AgenticAgentsPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticAgentsPage',
    mountPoint: legacyRoutes.agents,
    component: () =>
      import('../components/agents/AgentsPage').then(m =>
        inLegacyPage('agents', m.AgentsPage),
      ),
  }),
);

/** The audit log. */
export const AgenticAuditPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticAuditPage',
    mountPoint: legacyRoutes.audit,
    component: () =>
      import('../components/audit/AuditPage').then(m =>
        inLegacyPage('audit', m.AuditPage),
      ),
  }),
);

/** What went wrong and takes people, and the page of each incident. */
export const AgenticIncidentsPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticIncidentsPage',
    mountPoint: legacyRoutes.incidents,
    component: () =>
      import('../components/incidents/IncidentsRouter').then(m =>
        inLegacyPage('incidents', m.IncidentsRouter),
      ),
  }),
);

/** Limits with what is used of them, and the sweeper. */
export const AgenticOperationsPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticOperationsPage',
    mountPoint: legacyRoutes.operations,
    component: () =>
      import('../components/operations/OperationsPage').then(m =>
        inLegacyPage('operations', m.OperationsPage),
      ),
  }),
);

/** Which secrets there are, which are due and who used them. */
export const AgenticSecretsPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticSecretsPage',
    mountPoint: legacyRoutes.secrets,
    component: () =>
      import('../components/secrets/SecretsPage').then(m =>
        inLegacyPage('secrets', m.SecretsPage),
      ),
  }),
);

/** The page where a request is described in words. */
export const AgenticNewWorkflowPage = agenticLegacyPlugin.provide(
  createRoutableExtension({
    name: 'AgenticNewWorkflowPage',
    mountPoint: legacyRoutes.newWorkflow,
    component: () =>
      import('../components/newWorkflow/NewWorkflowPage').then(m =>
        inLegacyPage('newRequest', m.NewWorkflowPage),
      ),
  }),
);
