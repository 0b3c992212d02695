/** Where these prices come from; shown with every figure. */
export const PRICE_SOURCE =
  'AWS public list price, on-demand, us-east-1, as of 2026-05';

/** Hours AWS counts for an average month. */
export const HOURS_A_MONTH = 730;

/** The database that the generated Terraform creates unless its variables are changed. */
export const DATABASE_DEFAULTS = {
  instanceClass: 'db.t4g.micro',
  storageGigabytes: 20,
} as const;

/**
 * US dollars. A deployment in two zones pays for the standby's hours and for its copy of the
 * storage. What depends on use (API calls, backups beyond the free allowance, traffic) has no
 * entry, so an estimate that includes it is partial.
 */
export const LIST_PRICES = {
  instanceHour: { singleZone: 0.016, multiZone: 0.032 },
  storageGigabyteMonth: { singleZone: 0.115, multiZone: 0.23 },
  secretMonth: 0.4,
} as const;
