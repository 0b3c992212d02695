import { operationsReadPermission } from '@agentic-backstage/plugin-agentic-common';
import { Content } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import { LimitsSection } from './LimitsSection';
import { SweeperSection } from './SweeperSection';

/** Limits with what is used of them, for everybody; the sweeper for those who look after the portal. */
export function OperationsPage() {
  const { allowed } = usePermission({ permission: operationsReadPermission });
  return (
    <Content>
      <LimitsSection />
      {allowed && <SweeperSection />}
    </Content>
  );
}
