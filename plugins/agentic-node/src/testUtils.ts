/**
 * Test helpers for authors of agents and tools: builders of the contexts the host hands out, with
 * everything in memory, and the contracts that every effect tool and every store of secrets has to keep.
 *
 * @packageDocumentation
 */
export * from './testUtils/agentContext';
export * from './testUtils/dynamicSecretStoreContract';
export * from './testUtils/effectToolContract';
export * from './testUtils/MemoryArtifactStore';
export * from './testUtils/MemoryDynamicSecrets';
export * from './testUtils/MemoryRecords';
export * from './testUtils/MemorySecretStore';
export * from './testUtils/MemoryUsage';
export * from './testUtils/RecordingTaskLog';
export * from './testUtils/secretStoreContract';
export * from './testUtils/testSecretAccess';
export * from './testUtils/toolContext';
