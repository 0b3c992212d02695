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

/** What happened to the effects of each service, which the loop detector reads. */
export class EffectTraces {
  constructor(private readonly knex: Knex) {}

  /** The history of a service, oldest first. */
  async historyOf(serviceName: string): Promise<EffectTrace[]> {
    const rows = await this.knex<TraceRow>('effect_traces')
      .where('service_name', serviceName)
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
  const { workflowId, taskId, tool, digest, kind } = trace;
  const values = { task_id: taskId, tool, digest, kind, at: isoNow() };
  const columns = Object.keys(values);
  const of = ['workflow_id', 'service_name', 'environment'];
  const workflow = trx('workflows')
    .where('id', workflowId)
    .select('id', 'service_name', 'environment')
    .select(Object.values(values).map(value => trx.raw('?', [value])));
  if (kind === 'undone') {
    workflow.whereNull('cancelled_by').whereNot('phase', 'completed');
  }
  await trx(
    trx.raw(`effect_traces (${[...of, ...columns].join(', ')})`),
  ).insert(workflow);
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
