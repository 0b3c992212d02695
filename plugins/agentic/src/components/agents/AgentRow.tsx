import type {
  AgentHealth,
  KillSwitch,
} from '@agentic-backstage/plugin-agentic-common';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { PersonName } from '../status/PersonName';
import { StatusPill } from '../status/StatusPill';
import { LaneCell } from './LaneCell';
import type { StopOrder } from './StopDialog';
import type { Translate } from '../../translation/Translate';

function Words({ items, none }: { items: readonly string[]; none: string }) {
  return items.length === 0 ? (
    <Typography variant="body2" color="text.secondary">
      {none}
    </Typography>
  ) : (
    <>
      {items.map(item => (
        <code key={item} style={{ display: 'block', whiteSpace: 'nowrap' }}>
          {item}
        </code>
      ))}
    </>
  );
}

function AgentState({ agent }: { agent: AgentHealth }) {
  const { t } = useAgenticTranslation();
  const { stopped } = agent;
  if (stopped) {
    return (
      <>
        <StatusPill tone="bad">{t('agents.stopped')}</StatusPill>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {t(stopped.agent ? 'agents.stoppedBy' : 'agents.stoppedWithAll', {
            person: <PersonName entityRef={stopped.engagedBy} />,
            reason: stopped.reason,
          })}
        </Typography>
      </>
    );
  }
  if (agent.status === 'inactive') {
    return (
      <>
        <StatusPill tone="stopped">{t('agents.inactive')}</StatusPill>
        <Typography variant="body2">{agent.reason}</Typography>
      </>
    );
  }
  return <StatusPill tone="good">{t('agents.active')}</StatusPill>;
}

function figuresOf(
  { invocations, failures, medianSeconds }: AgentHealth,
  t: Translate,
) {
  if (invocations === 0) {
    return t('agents.noTask');
  }
  return medianSeconds === undefined
    ? t('agents.figures', { invocations, failures })
    : t('agents.figuresWithMedian', {
        invocations,
        failures,
        seconds: medianSeconds,
      });
}

/** One agent of the capability table. */
export function AgentRow(props: {
  agent: AgentHealth;
  /** The stop of this agent alone, when there is one. */
  stop?: KillSwitch;
  allStopped: boolean;
  /** Absent for readers who may not stop agents. */
  onAsk?: (order: StopOrder) => void;
  onChanged: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { agent, stop, onAsk } = props;
  return (
    <TableRow sx={{ verticalAlign: 'top' }}>
      <TableCell component="th" scope="row" sx={{ minWidth: 160 }}>
        <strong>{agent.title}</strong>
        <Typography variant="body2" color="text.secondary">
          <code>{agent.id}</code> {agent.version}
        </Typography>
        <Typography variant="body2">{agent.description}</Typography>
      </TableCell>
      <TableCell>
        <AgentState agent={agent} />
      </TableCell>
      <TableCell>
        <LaneCell agent={agent} onChanged={props.onChanged} />
      </TableCell>
      <TableCell>
        <Words items={agent.tools} none={t('common.none')} />
      </TableCell>
      <TableCell>
        <Words items={agent.permissions} none={t('common.nothing')} />
      </TableCell>
      <TableCell>
        <Words items={agent.accepts} none={t('common.nothing')} />
      </TableCell>
      <TableCell>
        <Words items={agent.emits} none={t('common.none')} />
      </TableCell>
      <TableCell>{figuresOf(agent, t)}</TableCell>
      {onAsk && (
        <TableCell>
          <Button
            size="small"
            variant="outlined"
            color={stop ? 'primary' : 'error'}
            disabled={props.allStopped && !stop}
            aria-label={t(stop ? 'agents.releaseOne' : 'agents.stopOne', {
              agent: agent.title,
            })}
            onClick={() => onAsk({ agent: agent.id, release: Boolean(stop) })}
          >
            {stop ? t('agents.release') : t('agents.stop')}
          </Button>
        </TableCell>
      )}
    </TableRow>
  );
}
