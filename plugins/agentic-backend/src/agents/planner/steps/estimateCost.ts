import type {
  CostEstimate,
  CostLine,
  Intent,
} from '@agentic-backstage/plugin-agentic-common';
import {
  databaseDefaults,
  HOURS_A_MONTH,
  INSTANCE_HOUR,
  PRICE_SOURCE,
  SECRET_MONTH,
  SMALLEST_CLASS,
  STORAGE_GIGABYTE_MONTH,
} from '../knowledge/awsListPrices';

/** What decides the cost of an intent. */
export type Costed = Pick<
  Intent,
  'database' | 'highAvailability' | 'environment'
>;

const cents = (amount: number) => Math.round(amount * 100) / 100;
const sum = (lines: readonly CostLine[]) =>
  cents(lines.reduce((total, line) => total + (line.monthly ?? 0), 0));

/** An amount with the dollar sign and its cents. */
export const dollars = (amount: number) => `$${amount.toFixed(2)}`;

const LOCAL: CostLine = {
  item: 'Running the service on this machine',
  monthly: 0,
  source: 'The local deployment uses no paid resource',
};
const OF_USE: CostLine = {
  item: 'Backups beyond the free allowance, logs, monitoring, secret calls, data transfer',
  source: 'Not priced: depends on use, which is not known before it runs',
};

function databaseLines(
  instanceClass: string,
  storageGigabytes: number,
  highAvailability: boolean,
): CostLine[] {
  const zone = highAvailability ? 'multiZone' : 'singleZone';
  const zones = highAvailability ? 'Multi-AZ' : 'Single-AZ';
  const hour = INSTANCE_HOUR[instanceClass]?.[zone];
  const item = `RDS for PostgreSQL ${instanceClass}, ${zones}, ${HOURS_A_MONTH} hours, once the Terraform is applied`;
  return [
    hour === undefined
      ? { item, source: `No price is on file for ${instanceClass}` }
      : { item, monthly: cents(hour * HOURS_A_MONTH), source: PRICE_SOURCE },
    {
      item: `RDS gp3 storage ${storageGigabytes} GB, ${zones}, once the Terraform is applied`,
      monthly: cents(STORAGE_GIGABYTE_MONTH[zone] * storageGigabytes),
      source: PRICE_SOURCE,
    },
    {
      item: 'One Secrets Manager secret, once the Terraform is applied',
      monthly: SECRET_MONTH,
      source: PRICE_SOURCE,
    },
  ];
}

/**
 * What the generated Terraform would cost a month if somebody applied it, line by line with the
 * source of each price. Running on this machine costs nothing. Without a price for the largest
 * part there is no total, rather than one that is far too low.
 */
export function estimateCost(costed: Costed): CostEstimate {
  const { database, highAvailability, environment } = costed;
  if (database === 'none') {
    return { status: 'known', currency: 'USD', monthly: 0, lines: [LOCAL] };
  }
  if (database !== 'postgresql') {
    const unpriced: CostLine = {
      item: `Database ${database}`,
      source: 'No price is on file for it',
    };
    return { status: 'unknown', currency: 'USD', lines: [LOCAL, unpriced] };
  }
  const { instanceClass, storageGigabytes } = databaseDefaults(environment);
  const lines = [
    LOCAL,
    ...databaseLines(instanceClass, storageGigabytes, highAvailability),
    OF_USE,
  ];
  return Object.hasOwn(INSTANCE_HOUR, instanceClass)
    ? { status: 'partial', currency: 'USD', monthly: sum(lines), lines }
    : { status: 'unknown', currency: 'USD', lines };
}

/** What a month costs at the very least: the smallest instance there is. Holds also where the total is unknown. */
export function leastMonthlyCost(costed: Costed): number | undefined {
  if (costed.database === 'none') return 0;
  if (costed.database !== 'postgresql') return undefined;
  const { storageGigabytes } = databaseDefaults(costed.environment);
  return (
    estimateCost(costed).monthly ??
    sum(
      databaseLines(SMALLEST_CLASS, storageGigabytes, costed.highAvailability),
    )
  );
}
