import type { Knex } from 'knex';
import { isoNow } from '../database/rows';
import type { EffectTrace } from './detectLoop';

/** As much history of one service as the detector looks at. */
const HISTORY = 500;

interface TraceRow {
  id: number;
  workflow_id: string;
  task_id: string;
  service_name: string;
  environment: string;
  tool: string;
  digest: string;
  kind: EffectTrace['kind'];
  at: string;
}

interface WorkflowFacts {
  readonly service_name: string;
  readonly environment: string;
  readonly phase: string;
  readonly cancelled_by: string | null;
}

/** What happened to the effects of each service, which the loop detector reads. */
export class EffectTraces {
  constructor(private readonly knex: Knex) {}

  /** The history of the service that a workflow is about, oldest first. */
  async historyOf(workflowId: string): Promise<EffectTrace[]> {
    const rows = await this.knex<TraceRow>('effect_traces')
      .whereIn(
        'service_name',
        this.knex('workflows').where('id', workflowId).select('service_name'),
      )
      .orderBy('id', 'desc')
      .limit(HISTORY);
    return rows.reverse().map(row => ({
      workflowId: row.workflow_id,
      taskId: row.task_id,
      environment: row.environment,
      tool: row.tool,
      digest: row.digest,
      kind: row.kind,
      at: row.at,
    }));
  }
}

/**
 * Notes what happened, in the transaction that makes it so. What a person takes back on purpose, by
 * cancelling a workflow or stopping what a completed one made, is no sign of a loop and is not noted.
 */
export async function traceEffect(
  trx: Knex.Transaction,
  trace: Pick<
    EffectTrace,
    'workflowId' | 'taskId' | 'tool' | 'digest' | 'kind'
  >,
): Promise<void> {
  const workflow = await trx<WorkflowFacts & { id: string }>('workflows')
    .where('id', trace.workflowId)
    .first('service_name', 'environment', 'phase', 'cancelled_by');
  if (!workflow) return;
  const byPerson =
    workflow.cancelled_by !== null || workflow.phase === 'completed';
  if (trace.kind === 'undone' && byPerson) return;
  await trx('effect_traces').insert({
    workflow_id: trace.workflowId,
    task_id: trace.taskId,
    service_name: workflow.service_name,
    environment: workflow.environment,
    tool: trace.tool,
    digest: trace.digest,
    kind: trace.kind,
    at: isoNow(),
  });
}

/** A person wants it tried again: from here on the service counts from nothing. */
export async function traceFreshCount(
  trx: Knex.Transaction,
  workflowId: string,
): Promise<void> {
  await traceEffect(trx, {
    workflowId,
    taskId: '',
    tool: '',
    digest: '',
    kind: 'fresh_count',
  });
}
