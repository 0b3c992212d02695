import {
  agentPromotePermission,
  LANES,
  type AgentHealth,
} from '@agentic-backstage/plugin-agentic-common';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { LaneDialog } from './LaneDialog';
import { LANE_LABELS } from './laneLabels';

/** The lane that holds for an agent and the one it asks for, with the way to change it. */
export function LaneCell(props: { agent: AgentHealth; onChanged: () => void }) {
  const { agent } = props;
  const [changing, setChanging] = useState(false);
  const permission = usePermission({ permission: agentPromotePermission });
  const mayPromote = permission.allowed || permission.error !== undefined;
  const effective = agent.effectiveLane ?? agent.lane;
  const hasRungs = LANES.indexOf(agent.lane) > 0;
  return (
    <>
      <strong>{LANE_LABELS[effective]}</strong>
      {effective !== agent.lane && (
        <Typography variant="body2" color="text.secondary">
          asks for {LANE_LABELS[agent.lane]}
        </Typography>
      )}
      {mayPromote && hasRungs && (
        <Button
          size="small"
          aria-label={`Change the lane of ${agent.title}`}
          onClick={() => setChanging(true)}
        >
          Change
        </Button>
      )}
      {changing && (
        <LaneDialog
          agent={agent}
          onDone={props.onChanged}
          onClose={() => setChanging(false)}
        />
      )}
    </>
  );
}
