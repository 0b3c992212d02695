import type { Incident } from '@agentic-backstage/plugin-agentic-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { incidentRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { INCIDENT_STATES, SEVERITIES } from './incidentWords';

/** Incidents as rows, newest first as the backend sends them. */
export function IncidentTable(props: { incidents: readonly Incident[] }) {
  const { t } = useAgenticTranslation();
  const incidentLink = useRouteRef(incidentRouteRef);
  return (
    <DataTable
      framed
      label={t('incidents.title')}
      columns={[
        t('common.what'),
        t('common.severity'),
        t('common.state'),
        { title: t('incidents.times'), numeric: true },
        t('incidents.fact.opened'),
        t('incidents.fact.lastSeen'),
        t('incidents.fact.ledBy'),
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
              {incident.reopened > 0
                ? t('incidents.sourceReopened', {
                    source: t(`words.incidentSource.${incident.source}`),
                    reopened: incident.reopened,
                  })
                : t(`words.incidentSource.${incident.source}`)}
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
              t('common.nobodyYet')
            )}
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
