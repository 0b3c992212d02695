import {
  formatDuration,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { DataTable } from '../status/DataTable';

const TEXTS = {
  label: 'Tasks of the plan',
  columns: {
    task: 'Task',
    agent: 'Agent',
    after: 'Waits for',
    time: 'Estimated time',
    tries: 'Tries at most',
  },
  nothing: 'nothing',
} as const;

/** Every task of a plan: who does it, what it waits for, how long it may take. */
export function PlanTaskTable(props: { plan: Plan }) {
  const { columns } = TEXTS;
  return (
    <DataTable
      label={TEXTS.label}
      columns={[
        columns.task,
        columns.agent,
        columns.after,
        { title: columns.time, numeric: true },
        { title: columns.tries, numeric: true },
      ]}
    >
      {props.plan.tasks.map(task => (
        <TableRow key={task.taskId}>
          <TableCell component="th" scope="row">
            {task.taskId} {task.title}
          </TableCell>
          <TableCell>{task.agent}</TableCell>
          <TableCell>
            {task.dependsOn.join(', ') || <em>{TEXTS.nothing}</em>}
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
