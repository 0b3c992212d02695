import type { SecretView } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';

function factsOf({ labels }: SecretView): string {
  const facts = Object.entries(labels).map(([key, value]) => `${key} ${value}`);
  return facts.length === 0 ? '–' : facts.join(', ');
}

/** What may be said of secrets: where they lie, what they are for, how old they are. */
export function SecretTable(props: {
  label: string;
  secrets: readonly SecretView[];
}) {
  const { t } = useAgenticTranslation();
  return (
    <DataTable
      label={props.label}
      columns={[
        t('secrets.secret'),
        t('secrets.facts'),
        t('secrets.version'),
        t('secrets.written'),
        t('secrets.nextDue'),
      ]}
    >
      {props.secrets.map(secret => (
        <TableRow key={`${secret.store}/${secret.path}`}>
          <TableCell
            component="th"
            scope="row"
            sx={{ overflowWrap: 'anywhere' }}
          >
            {`${secret.store}/${secret.path}`}
          </TableCell>
          <TableCell sx={{ overflowWrap: 'anywhere' }}>
            {factsOf(secret)}
          </TableCell>
          <TableCell>{secret.version}</TableCell>
          <TableCell>
            <TimeText value={secret.rotatedAt} />
          </TableCell>
          <TableCell>
            <TimeText value={secret.dueAt} />{' '}
            {secret.due && (
              <StatusPill tone="attention">{t('secrets.due')}</StatusPill>
            )}
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
