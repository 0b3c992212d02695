import type {
  CostEstimate,
  CostLine,
  Intent,
} from '@agentic-backstage/plugin-agentic-common';
import {
  DATABASE_DEFAULTS,
  HOURS_A_MONTH,
  LIST_PRICES,
  PRICE_SOURCE,
} from '../knowledge/awsListPrices';

/** What decides the cost of an intent. */
export type Costed = Pick<Intent, 'database' | 'highAvailability'>;

/** Rounds to cents. */
export const cents = (amount: number) => Math.round(amount * 100) / 100;

/** The cents of an amount, with the dollar sign. */
export const dollars = (amount: number) => `$${amount.toFixed(2)}`;

/**
 * What the generated Terraform would cost a month if somebody applied it, line by line with the
 * source of each price. Running on this machine costs nothing; what has no price here says so.
 */
export function estimateCost({
  database,
  highAvailability,
}: Costed): CostEstimate {
  const local: CostLine = {
    item: 'Running the service on this machine',
    monthly: 0,
    source: 'The local deployment uses no paid resource',
  };
  if (database === 'none') {
    return {
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [local],
    };
  }
  if (database !== 'postgresql') {
    return {
      status: 'unknown',
      currency: 'USD',
      lines: [
        local,
        { item: `Database ${database}`, source: 'No price is on file for it' },
      ],
    };
  }
  const zone = highAvailability ? 'multiZone' : 'singleZone';
  const zones = highAvailability ? 'Multi-AZ' : 'Single-AZ';
  const { instanceClass, storageGigabytes } = DATABASE_DEFAULTS;
  const { instanceHour, storageGigabyteMonth, secretMonth } = LIST_PRICES;
  const lines: CostLine[] = [
    local,
    {
      item: `RDS for PostgreSQL ${instanceClass}, ${zones}, ${HOURS_A_MONTH} hours, when the Terraform is applied`,
      monthly: cents(instanceHour[zone] * HOURS_A_MONTH),
      source: PRICE_SOURCE,
    },
    {
      item: `RDS gp3 storage ${storageGigabytes} GB, ${zones}, when the Terraform is applied`,
      monthly: cents(storageGigabyteMonth[zone] * storageGigabytes),
      source: PRICE_SOURCE,
    },
    {
      item: 'One Secrets Manager secret, when the Terraform is applied',
      monthly: secretMonth,
      source: PRICE_SOURCE,
    },
    {
      item: 'Secrets Manager calls, backups beyond the free allowance, data transfer, log storage',
      source: 'Not priced: depends on use, which is not known before it runs',
    },
  ];
  return {
    status: 'partial',
    currency: 'USD',
    monthly: cents(lines.reduce((sum, line) => sum + (line.monthly ?? 0), 0)),
    lines,
  };
}
