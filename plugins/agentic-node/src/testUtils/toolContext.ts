import type { ToolExecutionContext } from '../tools';
import { MemoryArtifactStore } from './MemoryArtifactStore';
import { MemoryRecords } from './MemoryRecords';
import { RecordingTaskLog } from './RecordingTaskLog';
import { testSecretAccess, type TestSecretAccess } from './testSecretAccess';

/** A tool's context whose parts a test can fill and look into. */
export interface TestToolContext extends ToolExecutionContext {
  readonly artifacts: MemoryArtifactStore;
  readonly records: MemoryRecords;
  readonly log: RecordingTaskLog;
  readonly secrets: TestSecretAccess;
}

/** Builds the context a tool is called with. Anything given replaces the sample value. */
export function toolContext(
  overrides: Partial<TestToolContext> = {},
): TestToolContext {
  const workflowId = overrides.workflowId ?? 'wf-1';
  const taskId = overrides.taskId ?? 't1';
  return {
    workflowId,
    taskId,
    serviceName: 'user-service',
    environment: 'development',
    requestedBy: 'user:default/sam',
    artifacts: new MemoryArtifactStore({ workflowId, taskId }),
    records: new MemoryRecords(),
    log: new RecordingTaskLog(),
    secrets: testSecretAccess(),
    signal: new AbortController().signal,
    idempotencyKey: `${workflowId}.${taskId}.main`,
    effectId: `${workflowId}.${taskId}.main`,
    ...overrides,
  };
}
