import type { SweepReport } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { HashText } from '../status/HashText';
import { TimeText } from '../status/TimeText';

/** A report: what would go and why, what stays and why, and what could not be looked at. */
export function SweepReportView(props: { report: SweepReport }) {
  const { t } = useAgenticTranslation();
  const { report } = props;
  return (
    <>
      <Typography color="text.secondary" sx={{ my: 1 }}>
        {t('operations.report.line', {
          digest: <HashText value={report.reportDigest} />,
          time: <TimeText value={report.createdAt} />,
          until: <TimeText value={report.validUntil} clockOnly />,
        })}
      </Typography>
      {report.failures.map(({ task, message }) => (
        <Alert key={`${task} ${message}`} severity="warning" sx={{ mb: 1 }}>
          {task}: {message}
        </Alert>
      ))}
      {report.items.length === 0 ? (
        <Notice>{t('operations.report.empty')}</Notice>
      ) : (
        <DataTable
          label={t('operations.report.label')}
          columns={[
            t('common.what'),
            t('operations.report.kind'),
            t('common.why'),
            t('operations.report.action'),
          ]}
        >
          {report.items.map(item => (
            <TableRow key={`${item.task} ${item.id}`}>
              <TableCell>{item.title}</TableCell>
              <TableCell>{t(`words.sweepClass.${item.class}`)}</TableCell>
              <TableCell>{item.reason}</TableCell>
              <TableCell>{item.action}</TableCell>
            </TableRow>
          ))}
        </DataTable>
      )}
      {report.kept.length > 0 && (
        <details>
          <summary>
            {t('operations.report.staying', { count: report.kept.length })}
          </summary>
          <DataTable
            label={t('operations.report.stays')}
            columns={[t('common.what'), t('operations.report.whyStays')]}
          >
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
