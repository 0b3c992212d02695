import type { CostEstimate } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { DataTable } from '../status/DataTable';

/** A monthly amount as the product writes it; without a price it says so. */
export function formatMonthly(amount: number | undefined): string {
  return amount === undefined ? 'unknown' : `$${amount.toFixed(2)} a month`;
}

function summaryOf(cost: CostEstimate): string {
  switch (cost.status) {
    case 'known':
      return formatMonthly(cost.monthly);
    case 'partial':
      return `At least ${formatMonthly(
        cost.monthly,
      )}; some parts have no price`;
    default:
      return 'Unknown: there is no price for any part';
  }
}

/** An estimated cost with the source of each price. */
export function CostTable(props: { cost: CostEstimate }) {
  const { cost } = props;
  return (
    <>
      <Typography gutterBottom>{summaryOf(cost)}</Typography>
      {cost.lines.length > 0 && (
        <DataTable
          label="Estimated cost"
          columns={['Part', { title: 'Cost', numeric: true }, 'Price source']}
        >
          {cost.lines.map(line => (
            <TableRow key={line.item}>
              <TableCell>{line.item}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {formatMonthly(line.monthly)}
              </TableCell>
              <TableCell>{line.source}</TableCell>
            </TableRow>
          ))}
        </DataTable>
      )}
    </>
  );
}
