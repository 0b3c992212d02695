import type { DryRun } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';

const ACTIONS: Readonly<Record<DryRun['changes'][number]['action'], string>> = {
  create: '+ create',
  update: '~ update',
  delete: '− delete',
  none: 'no change',
};

/** What a tool says it would do. */
export function DryRunDetails(props: { dryRun: DryRun }) {
  const { summary, changes, warnings } = props.dryRun;
  return (
    <>
      <Typography>{summary}</Typography>
      {changes.length > 0 && (
        <TableContainer>
          <Table size="small" aria-label="What would change">
            <TableHead>
              <TableRow>
                <TableCell>Change</TableCell>
                <TableCell>What</TableCell>
                <TableCell>Detail</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {changes.map((change, index) => (
                <TableRow key={`${change.resource}-${index}`}>
                  <TableCell
                    sx={{
                      whiteSpace: 'nowrap',
                      color:
                        change.action === 'delete' ? 'error.main' : undefined,
                    }}
                  >
                    {ACTIONS[change.action]}
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    {change.resource}
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    {change.detail}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      {warnings.map(warning => (
        <Alert key={warning} severity="warning" sx={{ mt: 1 }}>
          {warning}
        </Alert>
      ))}
    </>
  );
}
