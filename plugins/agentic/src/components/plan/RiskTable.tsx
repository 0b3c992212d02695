import type { Risk } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { DataTable } from '../status/DataTable';
import { Notice } from '../states/Notice';
import { StatusPill, type Tone } from '../status/StatusPill';

const TONES: Readonly<Record<Risk['severity'], Tone>> = {
  low: 'waiting',
  medium: 'warning',
  high: 'bad',
};

/** The likely points of failure and what is done about each. */
export function RiskTable(props: { risks: readonly Risk[] }) {
  if (props.risks.length === 0) {
    return <Notice>The planner found no particular risk.</Notice>;
  }
  return (
    <DataTable
      label="Risks"
      columns={[
        'Risk',
        'Severity',
        'Likelihood',
        'What is done about it',
        'Tasks',
      ]}
    >
      {props.risks.map(risk => (
        <TableRow key={risk.id}>
          <TableCell>{risk.title}</TableCell>
          <TableCell>
            <StatusPill tone={TONES[risk.severity]}>{risk.severity}</StatusPill>
          </TableCell>
          <TableCell>{risk.likelihood}</TableCell>
          <TableCell>{risk.mitigation}</TableCell>
          <TableCell>{risk.taskIds.join(', ')}</TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
