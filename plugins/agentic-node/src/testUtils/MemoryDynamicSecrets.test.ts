import { dynamicSecretStoreContract } from './dynamicSecretStoreContract';
import { MemoryDynamicSecrets } from './MemoryDynamicSecrets';

dynamicSecretStoreContract({
  name: 'MemoryDynamicSecrets',
  setUp: async () => {
    const store = new MemoryDynamicSecrets();
    return {
      store,
      path: 'readonly',
      unknownPath: 'unknown',
      works: async values => store.works(values),
    };
  },
});
