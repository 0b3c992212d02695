import type { Risk } from '@agentic-backstage/plugin-agentic-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
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
    <TableContainer>
      <Table size="small" aria-label="Risks">
        <TableHead>
          <TableRow>
            <TableCell>Risk</TableCell>
            <TableCell>Severity</TableCell>
            <TableCell>Likelihood</TableCell>
            <TableCell>What is done about it</TableCell>
            <TableCell>Tasks</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.risks.map(risk => (
            <TableRow key={risk.id}>
              <TableCell>{risk.title}</TableCell>
              <TableCell>
                <StatusPill tone={TONES[risk.severity]}>
                  {risk.severity}
                </StatusPill>
              </TableCell>
              <TableCell>{risk.likelihood}</TableCell>
              <TableCell>{risk.mitigation}</TableCell>
              <TableCell>{risk.taskIds.join(', ')}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
