/**
 * Test helpers for authors of agents and tools: builders of the contexts the host hands out, with
 * everything in memory, and the contract that every effect tool has to keep.
 *
 * @packageDocumentation
 */
export * from './testUtils/agentContext';
export * from './testUtils/effectToolContract';
export * from './testUtils/MemoryArtifactStore';
export * from './testUtils/MemoryRecords';
export * from './testUtils/RecordingTaskLog';
export * from './testUtils/toolContext';
