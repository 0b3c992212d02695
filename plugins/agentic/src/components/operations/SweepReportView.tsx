import type { SweepReport } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { HashText } from '../status/HashText';
import { TimeText } from '../status/TimeText';
import { SWEEP_CLASSES } from './sweepWords';

/** A report: what would go and why, what stays and why, and what could not be looked at. */
export function SweepReportView(props: { report: SweepReport }) {
  const { report } = props;
  return (
    <>
      <Typography color="text.secondary" sx={{ my: 1 }}>
        Report <HashText value={report.reportDigest} /> of{' '}
        <TimeText value={report.createdAt} />, valid until{' '}
        <TimeText value={report.validUntil} clockOnly />. Nothing was removed.
      </Typography>
      {report.failures.map(({ task, message }) => (
        <Alert key={`${task} ${message}`} severity="warning" sx={{ mb: 1 }}>
          {task}: {message}
        </Alert>
      ))}
      {report.items.length === 0 ? (
        <Notice>Nothing could go: everything belongs to somebody.</Notice>
      ) : (
        <DataTable
          label="What would go"
          columns={['What', 'Kind', 'Why', 'What would be done']}
        >
          {report.items.map(item => (
            <TableRow key={`${item.task} ${item.id}`}>
              <TableCell>{item.title}</TableCell>
              <TableCell>{SWEEP_CLASSES[item.class]}</TableCell>
              <TableCell>{item.reason}</TableCell>
              <TableCell>{item.action}</TableCell>
            </TableRow>
          ))}
        </DataTable>
      )}
      {report.kept.length > 0 && (
        <details>
          <summary>{report.kept.length} things stay</summary>
          <DataTable label="What stays" columns={['What', 'Why it stays']}>
            {report.kept.map(item => (
              <TableRow key={`${item.task} ${item.id}`}>
                <TableCell>{item.title}</TableCell>
                <TableCell>{item.reason}</TableCell>
              </TableRow>
            ))}
          </DataTable>
        </details>
      )}
    </>
  );
}
