import {
  killSwitchUsePermission,
  type AgentHealth,
  type KillSwitch,
} from '@agentic-backstage/plugin-agentic-common';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@mui/material/Button';
import { useState } from 'react';
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
  const { agents, engaged } = props;
  const [order, setOrder] = useState<StopOrder>();
  const permission = usePermission({ permission: killSwitchUsePermission });
  // When the permission cannot be looked up the backend still decides, so the buttons stay.
  const mayStop = permission.allowed || permission.error !== undefined;
  const allStopped = engaged.some(stop => stop.agent === undefined);

  return (
    <Section
      title="Agents"
      aside={
        mayStop && (
          <Button
            variant="contained"
            color={allStopped ? 'primary' : 'error'}
            onClick={() => setOrder({ release: allStopped })}
          >
            {allStopped ? 'Release all agents' : 'Stop all agents'}
          </Button>
        )
      }
    >
      {agents.length === 0 ? (
        <Notice>
          No agent is registered. Add the modules of agents to the backend.
        </Notice>
      ) : (
        <DataTable
          label="Agents and what they may do"
          columns={[
            'Agent',
            'State',
            'Lane',
            'Tools',
            'May also',
            'Takes',
            'Emits',
            'Last seven days',
            ...(mayStop ? ['Stop'] : []),
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
