import type { KillSwitch } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { DataTable } from '../status/DataTable';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';

/** The stops that are over: who stopped and who released, when and why. Nothing while there was none. */
export function StopHistory(props: { released: readonly KillSwitch[] }) {
  if (props.released.length === 0) {
    return null;
  }
  return (
    <Section title="Earlier stops">
      <DataTable
        label="Earlier stops"
        columns={['What', 'Stopped', 'Why', 'Released', 'Why then']}
      >
        {props.released.map(stop => (
          <TableRow key={stop.switchId}>
            <TableCell component="th" scope="row">
              {stop.agent ?? 'All agents'}
            </TableCell>
            <TableCell>
              <PersonName entityRef={stop.engagedBy} />,{' '}
              <TimeText value={stop.engagedAt} />
            </TableCell>
            <TableCell>{stop.reason}</TableCell>
            <TableCell>
              {stop.releasedBy && <PersonName entityRef={stop.releasedBy} />}
              {stop.releasedAt && (
                <>
                  , <TimeText value={stop.releasedAt} />
                </>
              )}
            </TableCell>
            <TableCell>{stop.releaseReason}</TableCell>
          </TableRow>
        ))}
      </DataTable>
    </Section>
  );
}
