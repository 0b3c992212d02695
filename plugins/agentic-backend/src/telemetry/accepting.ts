import type { StoredWorkflow } from '../database/WorkflowStore';
import { inSpan } from './inSpan';
import { metrics } from './Metrics';

/** Measures the accepting of a request, as the span under which all of the workflow will stand. */
export async function accepting(
  work: () => Promise<{ stored: StoredWorkflow; created: boolean }>,
): Promise<{ stored: StoredWorkflow; created: boolean }> {
  const began = performance.now();
  let outcome = 'refused';
  try {
    return await inSpan('agentic.workflow.accept', {}, async span => {
      const answer = await work();
      outcome = answer.created ? 'accepted' : 'repeated';
      span.setAttribute('agentic.workflow.id', answer.stored.row.id);
      span.setAttribute('agentic.outcome', outcome);
      return answer;
    });
  } finally {
    metrics.measure('acceptDuration', (performance.now() - began) / 1000, {
      outcome,
    });
  }
}
