import type { FailoverState } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { DataTable } from '../status/DataTable';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';

/** Where several stand in for each other: who answers, and why another one had to. Nothing where nobody does. */
export function FailoverTable(props: { failovers: readonly FailoverState[] }) {
  if (props.failovers.length === 0) {
    return null;
  }
  return (
    <DataTable
      label="Who stands in for whom"
      columns={[
        'For',
        'Order',
        'Answers now',
        'Since',
        'Last time another did',
      ]}
    >
      {props.failovers.map(({ id, order, answering, since, lastFailover }) => (
        <TableRow key={id} sx={{ verticalAlign: 'top' }}>
          <TableCell component="th" scope="row">
            {id}
          </TableCell>
          <TableCell>{order.join(', then ')}</TableCell>
          <TableCell>
            <StatusPill tone={answering === order[0] ? 'good' : 'warning'}>
              {answering}
            </StatusPill>
          </TableCell>
          <TableCell>
            <TimeText value={since} />
          </TableCell>
          <TableCell sx={{ overflowWrap: 'anywhere' }}>
            {lastFailover && (
              <>
                <TimeText value={lastFailover.at} />, {lastFailover.to}:{' '}
                {lastFailover.reason}
              </>
            )}
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
