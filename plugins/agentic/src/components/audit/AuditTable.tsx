import {
  SYSTEM_CHAIN,
  type AuditEntry,
} from '@agentic-backstage/plugin-agentic-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { workflowRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';
import { LinkOrText } from '../status/LinkOrText';
import { TimeText } from '../status/TimeText';

/** Entries of the audit log as rows, newest first as the backend sends them. */
export function AuditTable(props: {
  entries: readonly AuditEntry[];
  onSelect: (entry: AuditEntry) => void;
}) {
  const { t } = useAgenticTranslation();
  const workflowLink = useRouteRef(workflowRouteRef);
  return (
    <DataTable
      framed
      label={t('audit.title')}
      columns={[
        t('common.when'),
        t('common.what'),
        t('audit.subject'),
        t('audit.actor'),
        t('audit.filter.workflow'),
        t('audit.filter.environment'),
      ]}
    >
      {props.entries.map(entry => (
        <TableRow key={`${entry.chain}/${entry.seq}`} hover>
          <TableCell sx={{ whiteSpace: 'nowrap' }}>
            <TimeText value={entry.at} />
          </TableCell>
          <TableCell component="th" scope="row">
            <Button
              size="small"
              sx={{ textTransform: 'none', textAlign: 'left', minWidth: 0 }}
              aria-label={t('audit.show', {
                kind: entry.kind,
                seq: String(entry.seq),
                chain: entry.chain,
              })}
              onClick={() => props.onSelect(entry)}
            >
              {entry.kind}
            </Button>
          </TableCell>
          <TableCell sx={{ overflowWrap: 'anywhere' }}>
            {entry.subject}
          </TableCell>
          <TableCell sx={{ overflowWrap: 'anywhere' }}>{entry.actor}</TableCell>
          <TableCell>
            {entry.chain === SYSTEM_CHAIN ? (
              t('common.none')
            ) : (
              <LinkOrText to={workflowLink?.({ workflowId: entry.chain })}>
                {entry.serviceName ?? entry.chain}
              </LinkOrText>
            )}
          </TableCell>
          <TableCell>{entry.environment ?? '–'}</TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
