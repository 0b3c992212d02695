import { PageBlueprint } from '@backstage/frontend-plugin-api';
import AccountTree from '@mui/icons-material/AccountTree';
import AddCircleOutline from '@mui/icons-material/AddCircleOutline';
import CleaningServices from '@mui/icons-material/CleaningServices';
import FactCheck from '@mui/icons-material/FactCheck';
import History from '@mui/icons-material/History';
import Key from '@mui/icons-material/Key';
import ReportProblem from '@mui/icons-material/ReportProblem';
import SmartToy from '@mui/icons-material/SmartToy';
import { WithStopBanner } from '../components/agents/WithStopBanner';
import {
  agentsRouteRef,
  approvalsRouteRef,
  auditRouteRef,
  incidentsRouteRef,
  newWorkflowRouteRef,
  operationsRouteRef,
  secretsRouteRef,
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
      import('../components/WorkflowsRouter').then(m => (
        <WithStopBanner>
          <m.WorkflowsRouter />
        </WithStopBanner>
      )),
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
        <WithStopBanner>
          <m.ApprovalsPage />
        </WithStopBanner>
      )),
  },
});

/** The agents: what they may do, stop and release, and what they lean on. */
export const agentsPage = PageBlueprint.make({
  name: 'agents',
  if: { permissions: { $contains: 'agentic.agent.read#read' } },
  params: {
    path: '/agentic/agents',
    title: 'Agents',
    icon: <SmartToy fontSize="inherit" />,
    routeRef: agentsRouteRef,
    loader: () =>
      import('../components/agents/AgentsPage').then(m => (
        <WithStopBanner>
          <m.AgentsPage />
        </WithStopBanner>
      )),
  },
});

/** What went wrong and takes people, and each incident with its timeline; only for those who may see incidents. */
export const incidentsPage = PageBlueprint.make({
  name: 'incidents',
  if: { permissions: { $contains: 'agentic.incident.read#read' } },
  params: {
    path: '/agentic/incidents',
    title: 'Incidents',
    icon: <ReportProblem fontSize="inherit" />,
    routeRef: incidentsRouteRef,
    loader: () =>
      import('../components/incidents/IncidentsRouter').then(m => (
        <WithStopBanner>
          <m.IncidentsRouter />
        </WithStopBanner>
      )),
  },
});

/** The audit log. Who may read a part of it sees that part, so the page itself says when it is none. */
export const auditPage = PageBlueprint.make({
  name: 'audit',
  params: {
    path: '/agentic/audit',
    title: 'Audit log',
    icon: <History fontSize="inherit" />,
    routeRef: auditRouteRef,
    loader: () =>
      import('../components/audit/AuditPage').then(m => (
        <WithStopBanner>
          <m.AuditPage />
        </WithStopBanner>
      )),
  },
});

/** Limits with what is used of them, and the sweeper. */
export const operationsPage = PageBlueprint.make({
  name: 'operations',
  params: {
    path: '/agentic/operations',
    title: 'Operations',
    icon: <CleaningServices fontSize="inherit" />,
    routeRef: operationsRouteRef,
    loader: () =>
      import('../components/operations/OperationsPage').then(m => (
        <WithStopBanner>
          <m.OperationsPage />
        </WithStopBanner>
      )),
  },
});

/** Which secrets there are, which are due and who used them; only for those who may know. */
export const secretsPage = PageBlueprint.make({
  name: 'secrets',
  if: { permissions: { $contains: 'agentic.secret.read#read' } },
  params: {
    path: '/agentic/secrets',
    title: 'Secrets',
    icon: <Key fontSize="inherit" />,
    routeRef: secretsRouteRef,
    loader: () =>
      import('../components/secrets/SecretsPage').then(m => (
        <WithStopBanner>
          <m.SecretsPage />
        </WithStopBanner>
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
        <WithStopBanner>
          <m.NewWorkflowPage />
        </WithStopBanner>
      )),
  },
});
