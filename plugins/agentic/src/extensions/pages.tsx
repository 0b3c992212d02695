import { PageBlueprint } from '@backstage/frontend-plugin-api';
import AccountTree from '@mui/icons-material/AccountTree';
import AddCircleOutline from '@mui/icons-material/AddCircleOutline';
import FactCheck from '@mui/icons-material/FactCheck';
import {
  approvalsRouteRef,
  newWorkflowRouteRef,
  workflowsRouteRef,
} from '../routes';

/** The list of workflows and the page of each workflow. */
export const workflowsPage = PageBlueprint.make({
  name: 'workflows',
  params: {
    path: '/agentic/workflows',
    title: 'Workflows',
    icon: <AccountTree fontSize="inherit" />,
    routeRef: workflowsRouteRef,
    loader: () =>
      import('../components/WorkflowsRouter').then(m => <m.WorkflowsRouter />),
  },
});

/** The inbox of open approvals. */
export const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/agentic/approvals',
    title: 'Approvals',
    icon: <FactCheck fontSize="inherit" />,
    routeRef: approvalsRouteRef,
    loader: () =>
      import('../components/approval/ApprovalsPage').then(m => (
        <m.ApprovalsPage />
      )),
  },
});

/** The page where a request is described in words; only for those who may start workflows. */
export const newWorkflowPage = PageBlueprint.make({
  name: 'new',
  if: { permissions: { $contains: 'agentic.workflow.create#create' } },
  params: {
    path: '/agentic/new',
    title: 'New request',
    icon: <AddCircleOutline fontSize="inherit" />,
    routeRef: newWorkflowRouteRef,
    loader: () =>
      import('../components/newWorkflow/NewWorkflowPage').then(m => (
        <m.NewWorkflowPage />
      )),
  },
});
