import type { Knex } from 'knex';
import { ask } from '../database/ask';
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
    const rows = await ask<TraceRow>(
      this.knex,
      `select * from effect_traces where service_name = ?
       order by id desc limit ${HISTORY}`,
      [serviceName],
    );
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
  const onlyIf =
    kind === 'undone'
      ? "and cancelled_by is null and phase <> 'completed'"
      : '';
  await ask(
    trx,
    `insert into effect_traces
       (workflow_id, service_name, environment, task_id, tool, digest, kind, at)
     select id, service_name, environment, ?, ?, ?, ?, ?
     from workflows where id = ? ${onlyIf}`,
    [taskId, tool, digest, kind, isoNow(), workflowId],
  );
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
