import {
  createReadOnlyTool,
  type ReadOnlyTool,
} from '@agentic-backstage/plugin-agentic-node';
import type { RunbookFolder } from './RunbookFolder';
import { RunbookReadParams, RunbookReadResult } from './schema';

/** Reads the runbook of a service. */
export function createRunbookReadTool(
  folder: RunbookFolder,
): ReadOnlyTool<RunbookReadParams, RunbookReadResult> {
  return createReadOnlyTool<RunbookReadParams, RunbookReadResult>({
    id: 'runbook.read',
    title: 'Read a runbook',
    description: 'Reads the runbook of a service, or says that there is none.',
    schema: RunbookReadParams,
    result: RunbookReadResult,
    async read({ serviceName }) {
      const kept = await folder.read(serviceName);
      return kept ? { exists: true, text: kept.text } : { exists: false };
    },
  });
}
