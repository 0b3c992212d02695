import {
  agentReadPermission,
  incidentReadPermission,
  secretReadPermission,
} from '@agentic-backstage/plugin-agentic-common';
import { compatWrapper } from '@backstage/core-compat-api';
import { SidebarItem } from '@backstage/core-components';
import type { IconComponent } from '@backstage/core-plugin-api';
import { useRouteRef, type RouteRef } from '@backstage/frontend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { RequirePermission } from '@backstage/plugin-permission-react';
import AccountTree from '@mui/icons-material/AccountTree';
import CleaningServices from '@mui/icons-material/CleaningServices';
import FactCheck from '@mui/icons-material/FactCheck';
import History from '@mui/icons-material/History';
import Key from '@mui/icons-material/Key';
import ReportProblem from '@mui/icons-material/ReportProblem';
import SmartToy from '@mui/icons-material/SmartToy';
import {
  agentsRouteRef,
  approvalsRouteRef,
  auditRouteRef,
  incidentsRouteRef,
  operationsRouteRef,
  secretsRouteRef,
  workflowsRouteRef,
} from '../routes';

interface Entry {
  readonly text: string;
  readonly icon: IconComponent;
  readonly route: RouteRef;
  readonly permission?: BasicPermission;
}

const ENTRIES: readonly Entry[] = [
  { text: 'Workflows', icon: AccountTree, route: workflowsRouteRef },
  { text: 'Approvals', icon: FactCheck, route: approvalsRouteRef },
  { text: 'Operations', icon: CleaningServices, route: operationsRouteRef },
  {
    text: 'Agents',
    icon: SmartToy,
    route: agentsRouteRef,
    permission: agentReadPermission,
  },
  {
    text: 'Incidents',
    icon: ReportProblem,
    route: incidentsRouteRef,
    permission: incidentReadPermission,
  },
  { text: 'Audit log', icon: History, route: auditRouteRef },
  {
    text: 'Secrets',
    icon: Key,
    route: secretsRouteRef,
    permission: secretReadPermission,
  },
];

function SidebarEntry({ text, icon, route, permission }: Entry) {
  const link = useRouteRef(route);
  if (!link) {
    return null;
  }
  const item = <SidebarItem icon={icon} to={link()} text={text} />;
  return permission ? (
    <RequirePermission permission={permission} errorPage={<></>}>
      {item}
    </RequirePermission>
  ) : (
    item
  );
}

/** An entry of the sidebar for every page of ours that is mounted and that its reader may see. */
export function AgenticSidebarItems(): JSX.Element {
  return compatWrapper(
    <>
      {ENTRIES.map(entry => (
        <SidebarEntry key={entry.text} {...entry} />
      ))}
    </>,
  );
}
