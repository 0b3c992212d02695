import type { CriticVerdict } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { ask } from './ask';
import { fromJson } from './rows';

interface CriticVerdictRow {
  id: string;
  workflow_id: string;
  task_id: string;
  stage: CriticVerdict['stage'];
  decision: CriticVerdict['decision'];
  subject_digest: string;
  body: string;
  created_at: string;
  expires_at: string;
}

/** Keeps a verdict and puts it on record. Keeping the same one again changes nothing. */
export async function insertCriticVerdict(
  trx: Knex.Transaction,
  verdict: CriticVerdict,
): Promise<void> {
  const known = await trx<CriticVerdictRow>('critic_verdicts')
    .where('id', verdict.verdictId)
    .first('id');
  if (known) {
    return;
  }
  await trx<CriticVerdictRow>('critic_verdicts').insert({
    id: verdict.verdictId,
    workflow_id: verdict.workflowId,
    task_id: verdict.taskId,
    stage: verdict.stage,
    decision: verdict.decision,
    subject_digest: verdict.subjectDigest,
    body: JSON.stringify(verdict),
    created_at: verdict.createdAt,
    expires_at: verdict.expiresAt,
  });
  await appendToRecord(trx, {
    chain: verdict.workflowId,
    kind: 'critic.reviewed',
    actor: 'agent:critic',
    subject: `task:${verdict.taskId}`,
    payload: verdict,
  });
}

/** The verdicts of a workflow, oldest first. */
export async function findCriticVerdicts(
  knex: Knex,
  { workflowId }: { workflowId: string },
): Promise<CriticVerdict[]> {
  const rows = await knex<CriticVerdictRow>('critic_verdicts')
    .where('workflow_id', workflowId)
    .orderBy([{ column: 'created_at' }, { column: 'id' }]);
  return rows.map(row => fromJson<CriticVerdict>(row.body));
}

/** The last verdict about one stage of a task. */
export async function lastCriticVerdict(
  knex: Knex,
  of: Pick<CriticVerdict, 'workflowId' | 'taskId' | 'stage'>,
): Promise<CriticVerdict | undefined> {
  const [row] = await ask<Pick<CriticVerdictRow, 'body'>>(
    knex,
    `select body from critic_verdicts
     where workflow_id = ? and task_id = ? and stage = ?
     order by created_at desc, id desc limit 1`,
    [of.workflowId, of.taskId, of.stage],
  );
  return row && fromJson<CriticVerdict>(row.body);
}

/** The last verdict of each task and stage, in the order of the tasks. */
export function latestVerdicts(
  verdicts: readonly CriticVerdict[],
): CriticVerdict[] {
  const latest = new Map(
    verdicts.map(verdict => [`${verdict.taskId} ${verdict.stage}`, verdict]),
  );
  return [...latest]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([, verdict]) => verdict);
}
