import {
  killSwitchUsePermission,
  type AgentHealth,
  type KillSwitch,
} from '@agentic-backstage/plugin-agentic-common';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { Section } from '../status/Section';
import { AgentRow } from './AgentRow';
import { StopDialog, type StopOrder } from './StopDialog';

/** The capability table, with the buttons to stop and to let go on. */
export function AgentTable(props: {
  agents: readonly AgentHealth[];
  engaged: readonly KillSwitch[];
  onChanged: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { agents, engaged } = props;
  const [order, setOrder] = useState<StopOrder>();
  const permission = usePermission({ permission: killSwitchUsePermission });
  // When the permission cannot be looked up the backend still decides, so the buttons stay.
  const mayStop = permission.allowed || permission.error !== undefined;
  const allStopped = engaged.some(stop => stop.agent === undefined);

  return (
    <Section
      title={t('agents.title')}
      aside={
        mayStop && (
          <Button
            variant="contained"
            color={allStopped ? 'primary' : 'error'}
            onClick={() => setOrder({ release: allStopped })}
          >
            {allStopped ? t('agents.releaseAll') : t('agents.stopAll')}
          </Button>
        )
      }
    >
      {agents.length === 0 ? (
        <Notice>{t('agents.none')}</Notice>
      ) : (
        <DataTable
          label={t('agents.tableLabel')}
          columns={[
            t('common.agent'),
            t('common.state'),
            t('agents.column.lane'),
            t('agents.column.tools'),
            t('agents.column.mayAlso'),
            t('agents.column.takes'),
            t('agents.column.emits'),
            t('agents.column.lastDays'),
            ...(mayStop ? [t('agents.stop')] : []),
          ]}
        >
          {agents.map(agent => (
            <AgentRow
              key={agent.id}
              agent={agent}
              stop={engaged.find(stop => stop.agent === agent.id)}
              allStopped={allStopped}
              onAsk={mayStop ? setOrder : undefined}
              onChanged={props.onChanged}
            />
          ))}
        </DataTable>
      )}
      {order && (
        <StopDialog
          order={order}
          onDone={props.onChanged}
          onClose={() => setOrder(undefined)}
        />
      )}
    </Section>
  );
}
