import { MemorySecretStore } from './MemorySecretStore';
import { secretStoreContract } from './secretStoreContract';

secretStoreContract({
  name: 'MemorySecretStore',
  setUp: async () => new MemorySecretStore(),
});
