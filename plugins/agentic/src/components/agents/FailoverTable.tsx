import type { FailoverState } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';

/** Where several stand in for each other: who answers, and why another one had to. Nothing where nobody does. */
export function FailoverTable(props: { failovers: readonly FailoverState[] }) {
  const { t } = useAgenticTranslation();
  if (props.failovers.length === 0) {
    return null;
  }
  return (
    <DataTable
      label={t('agents.failover.label')}
      columns={[
        t('agents.failover.for'),
        t('agents.failover.order'),
        t('agents.failover.answers'),
        t('agents.failover.since'),
        t('agents.failover.last'),
      ]}
    >
      {props.failovers.map(({ id, order, answering, since, lastFailover }) => (
        <TableRow key={id} sx={{ verticalAlign: 'top' }}>
          <TableCell component="th" scope="row">
            {id}
          </TableCell>
          <TableCell>{order.join(t('agents.failover.then'))}</TableCell>
          <TableCell>
            <StatusPill tone={answering === order[0] ? 'good' : 'warning'}>
              {answering}
            </StatusPill>
          </TableCell>
          <TableCell>
            <TimeText value={since} />
          </TableCell>
          <TableCell sx={{ overflowWrap: 'anywhere' }}>
            {lastFailover &&
              t('agents.failover.event', {
                time: <TimeText value={lastFailover.at} />,
                to: lastFailover.to,
                reason: lastFailover.reason,
              })}
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
