import { incidentManagePermission } from '@agentic-backstage/plugin-agentic-common';
import { usePermission } from '@backstage/plugin-permission-react';

/** Whether to offer what changes incidents. When the permission cannot be looked up the backend still decides. */
export function useMayManageIncidents(): boolean {
  const { allowed, error } = usePermission({
    permission: incidentManagePermission,
  });
  return allowed || error !== undefined;
}
