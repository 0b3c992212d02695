import { MemorySecretStore } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { SecretStore } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { SecretMasks } from '../runtime/redactValues';
import { SecretAccessRecords } from '../secrets/SecretAccessRecords';
import { SecretLender } from '../secrets/SecretLender';
import { SecretStores } from '../secrets/SecretStores';

/** A lender of secrets that lie in memory, with its log in a real database. */
export function testLender(
  knex: Knex,
  options: { store?: SecretStore; masks?: SecretMasks } = {},
): SecretLender {
  const own = options.store ?? new MemorySecretStore('portal');
  return new SecretLender({
    stores: new SecretStores({ own, others: [], defaultStore: own.id }),
    records: new SecretAccessRecords(knex),
    masks: options.masks ?? new SecretMasks(),
  });
}
