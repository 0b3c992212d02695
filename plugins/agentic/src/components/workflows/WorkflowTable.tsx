import type { WorkflowSummary } from '@agentic-backstage/plugin-agentic-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import LinearProgress from '@mui/material/LinearProgress';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { DataTable } from '../status/DataTable';
import { workflowRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { TimeText } from '../status/TimeText';
import { PHASES } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

/** Workflows as rows, newest first as the backend sends them. */
export function WorkflowTable(props: {
  label: string;
  workflows: readonly WorkflowSummary[];
}) {
  const { t } = useAgenticTranslation();
  const workflowLink = useRouteRef(workflowRouteRef);
  return (
    <DataTable
      framed
      label={props.label}
      columns={[
        t('common.service'),
        t('common.status'),
        t('common.tasks'),
        t('common.environment'),
        t('common.owner'),
        t('common.requestedBy'),
        t('workflows.created'),
        t('workflows.duration'),
      ]}
    >
      {props.workflows.map(workflow => (
        <TableRow key={workflow.workflowId} hover>
          <TableCell component="th" scope="row">
            <LinkOrText
              to={workflowLink?.({ workflowId: workflow.workflowId })}
            >
              {workflow.serviceName}
            </LinkOrText>
            <Typography variant="body2" color="text.secondary">
              {workflow.template}
            </Typography>
          </TableCell>
          <TableCell>
            <WordedPill wordings={PHASES} state={workflow.phase} />
            {workflow.error && (
              <Typography variant="body2" color="error" sx={{ maxWidth: 360 }}>
                {workflow.error}
              </Typography>
            )}
          </TableCell>
          <TableCell sx={{ minWidth: 90 }}>
            {t('common.ofTotal', {
              part: workflow.tasksCompleted,
              total: workflow.tasksTotal,
            })}
            <LinearProgress
              aria-hidden
              variant="determinate"
              value={
                workflow.tasksTotal === 0
                  ? 0
                  : (100 * workflow.tasksCompleted) / workflow.tasksTotal
              }
            />
          </TableCell>
          <TableCell>{workflow.environment}</TableCell>
          <TableCell>
            {workflow.owner && <PersonName entityRef={workflow.owner} />}
          </TableCell>
          <TableCell>
            <PersonName entityRef={workflow.requestedBy} />
          </TableCell>
          <TableCell sx={{ whiteSpace: 'nowrap' }}>
            <TimeText value={workflow.createdAt} />
          </TableCell>
          <TableCell>{workflow.duration ?? '–'}</TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
