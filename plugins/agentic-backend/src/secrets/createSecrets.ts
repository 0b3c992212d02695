import type {
  DynamicSecretStore,
  SecretStore,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { AgenticConfig } from '../config';
import type { Dependencies } from '../resilience/Dependencies';
import { secretMasks } from '../runtime/redactValues';
import { EncryptedSecretStore } from './EncryptedSecretStore';
import { LeaseBook } from './leases/LeaseBook';
import { LeaseSweeper } from './leases/LeaseSweeper';
import { readSealingKeys } from './readSealingKeys';
import { RotationReminder } from './RotationReminder';
import { SecretAccessRecords } from './SecretAccessRecords';
import { SecretLender } from './SecretLender';
import { SecretService } from './SecretService';
import { SecretStores } from './SecretStores';
import { withStandbys } from './standby/withStandbys';

/** Everything about secrets that the host is made of. */
export interface Secrets {
  readonly lender: SecretLender;
  readonly service: SecretService;
  readonly reminder: RotationReminder;
  /** Takes back what calls had and could not return. */
  readonly leases: LeaseSweeper;
  /** Brings what is kept under the first key, when keys were changed. */
  reencrypt(): Promise<void>;
}

/** Builds the stores and what stands before them. Keys are read when they are first needed. */
export function createSecrets(options: {
  config: Pick<AgenticConfig, 'dataDir' | 'secrets'>;
  knex: Knex;
  logger: LoggerService;
  stores: readonly SecretStore[];
  dynamicStores: readonly DynamicSecretStore[];
  dependencies: Dependencies;
}): Secrets {
  const { config, knex, logger } = options;
  const own = new EncryptedSecretStore({
    knex,
    readKeys: async () => {
      const keys = await readSealingKeys({
        texts: config.secrets.keys,
        dataDir: config.dataDir,
        production: config.secrets.production,
      });
      if (keys.generatedFile) {
        logger.warn(
          `Secrets are encrypted with the key in ${keys.generatedFile}, which is for development only; set agentic.secrets.keys`,
        );
      }
      return keys;
    },
  });
  const [first, ...others] = withStandbys([own, ...options.stores], {
    ...options,
    order: config.secrets.stores,
  });
  const stores = new SecretStores({
    own: first,
    others,
    defaultStore: config.secrets.defaultStore,
    dynamicIds: options.dynamicStores.map(({ id }) => id),
  });
  const records = new SecretAccessRecords(knex);
  const leases = new LeaseBook({
    knex,
    records,
    stores: options.dynamicStores,
  });
  const service = new SecretService({ stores, records });
  return {
    lender: new SecretLender({ stores, records, leases, masks: secretMasks }),
    service,
    leases: new LeaseSweeper({ knex, book: leases, logger }),
    reminder: new RotationReminder({
      knex,
      secrets: service,
      recipients: config.secrets.notify,
    }),
    async reencrypt() {
      const { changed, unreadable } = await own.reencrypt();
      if (changed > 0) {
        logger.info(`${changed} secrets were brought under the first key`);
      }
      if (unreadable > 0) {
        logger.warn(
          `${unreadable} versions of secrets cannot be opened with any key of agentic.secrets.keys`,
        );
      }
    },
  };
}
