import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import AccountTree from '@mui/icons-material/AccountTree';
import { agenticApi } from './extensions/agenticApi';
import {
  entityWorkflowCard,
  entityWorkflowsContent,
} from './extensions/entityExtensions';
import { approvalsWidget, myWorkflowsWidget } from './extensions/homeWidgets';
import {
  agentsPage,
  approvalsPage,
  auditPage,
  incidentsPage,
  newWorkflowPage,
  operationsPage,
  secretsPage,
  workflowsPage,
} from './extensions/pages';
import {
  workflowSearchResult,
  workflowSearchType,
} from './extensions/searchExtensions';
import {
  agentsRouteRef,
  approvalsRouteRef,
  auditRouteRef,
  entityRouteRef,
  incidentRouteRef,
  incidentsRouteRef,
  newWorkflowRouteRef,
  operationsRouteRef,
  secretsRouteRef,
  templatesRouteRef,
  workflowRouteRef,
  workflowsRouteRef,
} from './routes';

/** Workflows, approvals and requests as pages, and their state on the pages of services. */
export const agenticPlugin = createFrontendPlugin({
  pluginId: 'agentic',
  title: 'Agentic',
  icon: <AccountTree fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    workflows: workflowsRouteRef,
    workflow: workflowRouteRef,
    approvals: approvalsRouteRef,
    audit: auditRouteRef,
    agents: agentsRouteRef,
    incidents: incidentsRouteRef,
    incident: incidentRouteRef,
    newWorkflow: newWorkflowRouteRef,
    operations: operationsRouteRef,
    secrets: secretsRouteRef,
  },
  externalRoutes: {
    templates: templatesRouteRef,
    entity: entityRouteRef,
  },
  extensions: [
    agenticApi,
    workflowsPage,
    approvalsPage,
    auditPage,
    agentsPage,
    incidentsPage,
    newWorkflowPage,
    operationsPage,
    secretsPage,
    entityWorkflowsContent,
    entityWorkflowCard,
    approvalsWidget,
    myWorkflowsWidget,
    workflowSearchResult,
    workflowSearchType,
  ],
});
