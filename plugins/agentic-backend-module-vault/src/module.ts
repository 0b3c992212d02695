import { agenticSecretsExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { readVaultOptions } from './readVaultOptions';
import { VaultDatabaseSecrets } from './VaultDatabaseSecrets';
import { VaultSecretStore } from './VaultSecretStore';
import { VaultSession } from './VaultSession';

/** Adds the store `vault`, and `vault-database` for credentials of single calls, as `agentic.vault` says. */
export const agenticModuleVault = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'vault',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
        secrets: agenticSecretsExtensionPoint,
      },
      async init({ config, lifecycle, logger, secrets }) {
        const options = readVaultOptions(config);
        if (!options) {
          logger.info('Vault is not used: agentic.vault is not configured');
          return;
        }
        const session = new VaultSession(options);
        lifecycle.addShutdownHook(() => session.close());
        secrets.addStore(new VaultSecretStore(options, session));
        if (options.databaseMount !== undefined) {
          secrets.addDynamicStore(
            new VaultDatabaseSecrets(
              { url: options.url, mount: options.databaseMount },
              session,
            ),
          );
        }
      },
    });
  },
});
