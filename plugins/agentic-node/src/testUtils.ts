/**
 * Test helpers for authors of agents and tools: builders of the contexts the host hands out, with
 * everything in memory, the doors of the host, and the contracts that every agent, every tool and every
 * store of secrets has to keep.
 *
 * @packageDocumentation
 */
export * from './testUtils/agentContext';
export * from './testUtils/agentContract';
export * from './testUtils/dynamicSecretStoreContract';
export * from './testUtils/effectToolContract';
export {
  MemoryArtifactStore,
  type MemoryArtifactStoreOptions,
} from './testUtils/MemoryArtifactStore';
export * from './testUtils/MemoryDynamicSecrets';
export * from './testUtils/MemoryRecords';
export * from './testUtils/MemorySecretStore';
export * from './testUtils/MemoryUsage';
export * from './testUtils/readOnlyToolContract';
export * from './testUtils/recordingHost';
export * from './testUtils/RecordingTaskLog';
export * from './testUtils/samplePlan';
export * from './testUtils/secretStoreContract';
export * from './testUtils/testSecretAccess';
export * from './testUtils/toolContext';
