import type { KillSwitch } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';

/** The stops that are over: who stopped and who released, when and why. Nothing while there was none. */
export function StopHistory(props: { released: readonly KillSwitch[] }) {
  const { t } = useAgenticTranslation();
  if (props.released.length === 0) {
    return null;
  }
  return (
    <Section title={t('agents.history.title')}>
      <DataTable
        label={t('agents.history.title')}
        columns={[
          t('common.what'),
          t('agents.history.stopped'),
          t('common.why'),
          t('agents.history.released'),
          t('agents.history.whyThen'),
        ]}
      >
        {props.released.map(stop => (
          <TableRow key={stop.switchId}>
            <TableCell component="th" scope="row">
              {stop.agent ?? t('agents.allAgents')}
            </TableCell>
            <TableCell>
              {t('agents.history.event', {
                person: <PersonName entityRef={stop.engagedBy} />,
                time: <TimeText value={stop.engagedAt} />,
              })}
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
