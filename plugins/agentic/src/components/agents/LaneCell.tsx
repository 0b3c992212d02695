import {
  agentPromotePermission,
  LANES,
  type AgentHealth,
} from '@agentic-backstage/plugin-agentic-common';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LaneDialog } from './LaneDialog';

/** The lane that holds for an agent and the one it asks for, with the way to change it. */
export function LaneCell(props: { agent: AgentHealth; onChanged: () => void }) {
  const { t } = useAgenticTranslation();
  const { agent } = props;
  const [changing, setChanging] = useState(false);
  const permission = usePermission({ permission: agentPromotePermission });
  const mayPromote = permission.allowed || permission.error !== undefined;
  const effective = agent.effectiveLane ?? agent.lane;
  const hasRungs = LANES.indexOf(agent.lane) > 0;
  return (
    <>
      <strong>{t(`words.lane.${effective}`)}</strong>
      {effective !== agent.lane && (
        <Typography variant="body2" color="text.secondary">
          {t('agents.lane.asksFor', { lane: t(`words.lane.${agent.lane}`) })}
        </Typography>
      )}
      {mayPromote && hasRungs && (
        <Button
          size="small"
          aria-label={t('agents.lane.changeOf', { agent: agent.title })}
          onClick={() => setChanging(true)}
        >
          {t('agents.lane.change')}
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
