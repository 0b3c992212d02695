import type { CostEstimate } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';
import type { Translate } from '../../translation/Translate';

/** A monthly amount as the product writes it; without a price it says so. */
export function formatMonthly(
  amount: number | undefined,
  t: Translate,
): string {
  return amount === undefined
    ? t('plan.costUnknown')
    : t('plan.monthly', { amount });
}

function summaryOf(cost: CostEstimate, t: Translate): string {
  switch (cost.status) {
    case 'known':
      return formatMonthly(cost.monthly, t);
    case 'partial':
      return t('plan.costPartial', { cost: formatMonthly(cost.monthly, t) });
    default:
      return t('plan.noPrice');
  }
}

/** An estimated cost with the source of each price. */
export function CostTable(props: { cost: CostEstimate }) {
  const { t } = useAgenticTranslation();
  const { cost } = props;
  return (
    <>
      <Typography gutterBottom>{summaryOf(cost, t)}</Typography>
      {cost.lines.length > 0 && (
        <DataTable
          label={t('plan.cost')}
          columns={[
            t('plan.costPart'),
            { title: t('plan.costAmount'), numeric: true },
            t('plan.priceSource'),
          ]}
        >
          {cost.lines.map(line => (
            <TableRow key={line.item}>
              <TableCell>{line.item}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {formatMonthly(line.monthly, t)}
              </TableCell>
              <TableCell>{line.source}</TableCell>
            </TableRow>
          ))}
        </DataTable>
      )}
    </>
  );
}
