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
import type { PageName } from '../translation/Translate';
import { useAgenticTranslation } from '../translation/useAgenticTranslation';

interface Entry {
  readonly page: PageName;
  readonly icon: IconComponent;
  readonly route: RouteRef;
  readonly permission?: BasicPermission;
}

const ENTRIES: readonly Entry[] = [
  { page: 'workflows', icon: AccountTree, route: workflowsRouteRef },
  { page: 'approvals', icon: FactCheck, route: approvalsRouteRef },
  { page: 'operations', icon: CleaningServices, route: operationsRouteRef },
  {
    page: 'agents',
    icon: SmartToy,
    route: agentsRouteRef,
    permission: agentReadPermission,
  },
  {
    page: 'incidents',
    icon: ReportProblem,
    route: incidentsRouteRef,
    permission: incidentReadPermission,
  },
  { page: 'audit', icon: History, route: auditRouteRef },
  {
    page: 'secrets',
    icon: Key,
    route: secretsRouteRef,
    permission: secretReadPermission,
  },
];

function SidebarEntry({ page, icon, route, permission }: Entry) {
  const { t } = useAgenticTranslation();
  const link = useRouteRef(route);
  if (!link) {
    return null;
  }
  const item = (
    <SidebarItem icon={icon} to={link()} text={t(`common.page.${page}`)} />
  );
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
        <SidebarEntry key={entry.page} {...entry} />
      ))}
    </>,
  );
}
