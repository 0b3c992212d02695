import {
  formatDuration,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';

/** Every task of a plan: who does it, what it waits for, how long it may take. */
export function PlanTaskTable(props: { plan: Plan }) {
  const { t } = useAgenticTranslation();

  return (
    <DataTable
      label={t('plan.tasksLabel')}
      columns={[
        t('common.task'),
        t('common.agent'),
        t('plan.waitsFor'),
        { title: t('plan.estimatedTime'), numeric: true },
        { title: t('plan.tries'), numeric: true },
      ]}
    >
      {props.plan.tasks.map(task => (
        <TableRow key={task.taskId}>
          <TableCell component="th" scope="row">
            {task.taskId} {task.title}
          </TableCell>
          <TableCell>{task.agent}</TableCell>
          <TableCell>
            {task.dependsOn.join(', ') || <em>{t('common.nothing')}</em>}
          </TableCell>
          <TableCell align="right">
            {formatDuration(task.estimatedSeconds)}
          </TableCell>
          <TableCell align="right">{task.policy.maxAttempts}</TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
