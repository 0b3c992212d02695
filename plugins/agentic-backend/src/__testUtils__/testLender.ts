import { MemorySecretStore } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type {
  DynamicSecretStore,
  SecretStore,
} from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { SecretMasks } from '../runtime/redactValues';
import { LeaseBook } from '../secrets/leases/LeaseBook';
import { SecretAccessRecords } from '../secrets/SecretAccessRecords';
import { SecretLender } from '../secrets/SecretLender';
import { SecretStores } from '../secrets/SecretStores';

/** A lender of secrets that lie in memory, with its log in a real database. */
export function testLender(
  knex: Knex,
  options: {
    store?: SecretStore;
    masks?: SecretMasks;
    dynamic?: readonly DynamicSecretStore[];
  } = {},
): SecretLender {
  const own = options.store ?? new MemorySecretStore('portal');
  const records = new SecretAccessRecords(knex);
  return new SecretLender({
    stores: new SecretStores({ own, others: [], defaultStore: own.id }),
    records,
    leases: new LeaseBook({ knex, records, stores: options.dynamic ?? [] }),
    masks: options.masks ?? new SecretMasks(),
  });
}
