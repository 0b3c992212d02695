import type { Incident } from '@agentic-backstage/plugin-agentic-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { incidentRouteRef } from '../../routes';
import { DataTable } from '../status/DataTable';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { INCIDENT_STATES, SEVERITIES, SOURCES } from './incidentWords';

/** Incidents as rows, newest first as the backend sends them. */
export function IncidentTable(props: { incidents: readonly Incident[] }) {
  const incidentLink = useRouteRef(incidentRouteRef);
  return (
    <DataTable
      framed
      label="Incidents"
      columns={[
        'What',
        'Severity',
        'State',
        { title: 'Times', numeric: true },
        'Opened',
        'Last seen',
        'Led by',
      ]}
    >
      {props.incidents.map(incident => (
        <TableRow key={incident.incidentId} hover>
          <TableCell component="th" scope="row">
            <LinkOrText
              to={incidentLink?.({ incidentId: incident.incidentId })}
            >
              {incident.title}
            </LinkOrText>
            <Typography variant="body2" color="text.secondary">
              {SOURCES[incident.source]}
              {incident.reopened > 0 && `, opened again ${incident.reopened}×`}
            </Typography>
          </TableCell>
          <TableCell>
            <WordedPill wordings={SEVERITIES} state={incident.severity} />
          </TableCell>
          <TableCell>
            <WordedPill wordings={INCIDENT_STATES} state={incident.status} />
          </TableCell>
          <TableCell align="right">{incident.occurrences}</TableCell>
          <TableCell>
            <TimeText value={incident.openedAt} />
          </TableCell>
          <TableCell>
            <TimeText value={incident.lastSeenAt} />
          </TableCell>
          <TableCell>
            {incident.commander ? (
              <PersonName entityRef={incident.commander} />
            ) : (
              'nobody yet'
            )}
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
