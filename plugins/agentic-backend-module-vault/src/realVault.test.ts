import { secretStoreContract } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { VaultOptions } from './readVaultOptions';
import { VaultSecretStore } from './VaultSecretStore';
import { VaultSession } from './VaultSession';

const REAL = process.env.AGENTIC_TEST_VAULT_URL;

// Whoever has a Vault with a KV engine of version 2 at `secret` can hold the store against it.
(REAL ? describe : describe.skip)('a real Vault', () => {
  const sessions: VaultSession[] = [];
  afterAll(() => sessions.forEach(session => session.close()));

  secretStoreContract({
    name: 'VaultSecretStore',
    setUp: async () => {
      const options: VaultOptions = {
        url: new URL(REAL ?? ''),
        mount: 'secret',
        pathPrefix: 'agentic-test',
        timeoutMs: 10_000,
        auth: {
          method: 'token',
          token: process.env.AGENTIC_TEST_VAULT_TOKEN ?? '',
        },
      };
      const session = new VaultSession(options);
      sessions.push(session);
      return new VaultSecretStore(options, session);
    },
  });
});
