import type {
  AgentHealth,
  KillSwitch,
} from '@agentic-backstage/plugin-agentic-common';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { PersonName } from '../status/PersonName';
import { StatusPill } from '../status/StatusPill';
import { LaneCell } from './LaneCell';
import type { StopOrder } from './StopDialog';

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
  const { stopped } = agent;
  if (stopped) {
    return (
      <>
        <StatusPill tone="bad">Stopped</StatusPill>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {stopped.agent ? '' : 'with all agents, '}by{' '}
          <PersonName entityRef={stopped.engagedBy} />: {stopped.reason}
        </Typography>
      </>
    );
  }
  if (agent.status === 'inactive') {
    return (
      <>
        <StatusPill tone="stopped">Inactive</StatusPill>
        <Typography variant="body2">{agent.reason}</Typography>
      </>
    );
  }
  return <StatusPill tone="good">Active</StatusPill>;
}

function figuresOf({ invocations, failures, medianSeconds }: AgentHealth) {
  if (invocations === 0) {
    return 'no task';
  }
  const median =
    medianSeconds === undefined ? '' : `, median ${medianSeconds.toFixed(1)} s`;
  return `${invocations} tasks, ${failures} failed${median}`;
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
        <Words items={agent.tools} none="none" />
      </TableCell>
      <TableCell>
        <Words items={agent.permissions} none="nothing" />
      </TableCell>
      <TableCell>
        <Words items={agent.accepts} none="nothing" />
      </TableCell>
      <TableCell>
        <Words items={agent.emits} none="none" />
      </TableCell>
      <TableCell>{figuresOf(agent)}</TableCell>
      {onAsk && (
        <TableCell>
          <Button
            size="small"
            variant="outlined"
            color={stop ? 'primary' : 'error'}
            disabled={props.allStopped && !stop}
            aria-label={`${stop ? 'Release' : 'Stop'} ${agent.title}`}
            onClick={() => onAsk({ agent: agent.id, release: Boolean(stop) })}
          >
            {stop ? 'Release' : 'Stop'}
          </Button>
        </TableCell>
      )}
    </TableRow>
  );
}
