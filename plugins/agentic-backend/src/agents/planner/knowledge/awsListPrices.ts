/** Where these prices come from; shown with every figure. */
export const PRICE_SOURCE =
  'AWS public list price, on-demand, us-east-1, as of 2026-05';

/** Hours AWS counts for an average month. */
export const HOURS_A_MONTH = 730;

/** The prices of one thing in one availability zone, and with a standby in a second one. */
export interface ZonePrices {
  readonly singleZone: number;
  readonly multiZone: number;
}

/** US dollars an hour for RDS for PostgreSQL. A class that is not here has no known price. */
export const INSTANCE_HOUR: Readonly<Record<string, ZonePrices>> = {
  'db.t4g.micro': { singleZone: 0.016, multiZone: 0.032 },
  'db.t4g.small': { singleZone: 0.032, multiZone: 0.064 },
  'db.t4g.medium': { singleZone: 0.065, multiZone: 0.13 },
};

/** US dollars a month for a gigabyte of gp3 storage of RDS; the standby's copy is paid for too. */
export const STORAGE_GIGABYTE_MONTH: ZonePrices = {
  singleZone: 0.115,
  multiZone: 0.23,
};

/** US dollars a month for a secret. */
export const SECRET_MONTH = 0.4;

/** The smallest class that generated Terraform uses; no other one of it costs less. */
export const SMALLEST_CLASS = 'db.t4g.small';

/** The database that the generated Terraform creates for an environment unless its variables are changed. */
export function databaseDefaults(environment: string): {
  readonly instanceClass: string;
  readonly storageGigabytes: number;
} {
  return {
    instanceClass:
      environment === 'production' ? 'db.m7g.large' : SMALLEST_CLASS,
    storageGigabytes: 20,
  };
}
