import type { DryRun } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { useShortened } from '../states/useShortened';
import { DataTable } from '../status/DataTable';

/** What a tool says it would do. */
export function DryRunDetails(props: { dryRun: DryRun }) {
  const { t } = useAgenticTranslation();
  const { summary, changes, warnings } = props.dryRun;
  const { shown, more } = useShortened(changes, { first: 8, noun: 'changes' });
  return (
    <>
      <Typography>{summary}</Typography>
      {changes.length > 0 && (
        <DataTable
          label={t('approvals.dryRun.label')}
          columns={[
            t('approvals.dryRun.change'),
            t('common.what'),
            t('approvals.dryRun.detail'),
          ]}
        >
          {shown.map((change, index) => (
            <TableRow key={`${change.resource}-${index}`}>
              <TableCell
                sx={{
                  whiteSpace: 'nowrap',
                  color: change.action === 'delete' ? 'error.main' : undefined,
                }}
              >
                {t(`words.change.${change.action}`)}
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                {change.resource}
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                {change.detail}
              </TableCell>
            </TableRow>
          ))}
        </DataTable>
      )}
      {more}
      {warnings.map(warning => (
        <Alert key={warning} severity="warning" sx={{ mt: 1 }}>
          {warning}
        </Alert>
      ))}
    </>
  );
}
