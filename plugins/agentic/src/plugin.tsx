import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import AccountTree from '@mui/icons-material/AccountTree';
import { agenticApi } from './extensions/agenticApi';
import {
  entityWorkflowCard,
  entityWorkflowsContent,
} from './extensions/entityExtensions';
import {
  agentsPage,
  approvalsPage,
  auditPage,
  newWorkflowPage,
  operationsPage,
  secretsPage,
  workflowsPage,
} from './extensions/pages';
import {
  agentsRouteRef,
  approvalsRouteRef,
  auditRouteRef,
  entityRouteRef,
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
    newWorkflowPage,
    operationsPage,
    secretsPage,
    entityWorkflowsContent,
    entityWorkflowCard,
  ],
});
