import type {
  BlastRadius,
  DryRun,
  Effect,
  EffectStatus,
  ReadBack,
  Verdict,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { ask } from './ask';
import { fromJson, fromNullableJson, isoNow, orUndefined } from './rows';
import type { EffectRow } from './tables';

/** An effect with what the guard needs besides the public record. */
export interface StoredEffect extends Effect {
  readonly round: number;
  readonly approvalId?: string;
  readonly rollbackStrategy: string;
  readonly finishedAt?: string;
}

/** An effect as it was proposed, dry-run and judged. */
export interface NewEffect {
  readonly effectId: string;
  readonly key: string;
  readonly round: number;
  readonly tool: string;
  readonly params: Record<string, unknown>;
  readonly paramsDigest: string;
  readonly blastRadius: BlastRadius;
  readonly dryRun: DryRun;
  readonly verdict: Verdict;
  readonly rollbackStrategy: string;
}

/** What may change in an effect's record as it moves on. */
export interface EffectChange {
  readonly status?: EffectStatus;
  readonly approvalId?: string;
  readonly result?: Record<string, unknown>;
  readonly readBack?: ReadBack;
  readonly error?: string;
  readonly started?: boolean;
  readonly finished?: boolean;
}

function fromRow(row: EffectRow): StoredEffect {
  return {
    effectId: row.effect_id,
    workflowId: row.workflow_id,
    taskId: row.task_id,
    key: row.effect_key,
    round: row.round,
    tool: row.tool,
    lane: 'execute',
    status: row.status,
    params: fromJson(row.params),
    paramsDigest: row.params_digest,
    blastRadius: fromJson(row.blast_radius),
    dryRun: fromJson(row.dry_run),
    verdict: fromJson(row.verdict),
    rollbackStrategy: row.rollback_strategy,
    approvalId: orUndefined(row.approval_id),
    result: fromNullableJson(row.result),
    readBack: fromNullableJson(row.read_back),
    error: orUndefined(row.error),
    finishedAt: orUndefined(row.finished_at),
  };
}

/** Replaces the effects a task has proposed but not begun, keeping those that have a history. */
export async function putProposedEffects(
  trx: Knex.Transaction,
  task: { workflowId: string; taskId: string },
  effects: readonly NewEffect[],
): Promise<void> {
  await trx<EffectRow>('effects')
    .where({ workflow_id: task.workflowId, task_id: task.taskId })
    .where('status', 'proposed')
    .delete();
  if (effects.length === 0) {
    return;
  }
  await trx<EffectRow>('effects').insert(
    effects.map((effect, position) => ({
      effect_id: effect.effectId,
      workflow_id: task.workflowId,
      task_id: task.taskId,
      effect_key: effect.key,
      round: effect.round,
      position,
      tool: effect.tool,
      status: 'proposed' as const,
      params: JSON.stringify(effect.params),
      params_digest: effect.paramsDigest,
      blast_radius: JSON.stringify(effect.blastRadius),
      dry_run: JSON.stringify(effect.dryRun),
      verdict: JSON.stringify(effect.verdict),
      rollback_strategy: effect.rollbackStrategy,
    })),
  );
}

/** What has to be so at the moment of a change, or it is not made. */
export interface EffectCondition {
  /** So that a process that has lost its right to the task does not write over what another has found. */
  readonly onlyIn?: readonly EffectStatus[];
  /** The approval that has to be granted still. */
  readonly underApproval?: string;
}

/** Changes one effect's record. Answers whether it was changed. */
export async function updateEffect(
  knex: Knex,
  effectId: string,
  change: EffectChange,
  { onlyIn, underApproval }: EffectCondition = {},
): Promise<boolean> {
  const query = knex('effects').where('effect_id', effectId);
  if (onlyIn) query.whereIn('status', [...onlyIn]);
  if (underApproval !== undefined) {
    query.whereExists(
      knex('approvals')
        .select('id')
        .where({ id: underApproval, status: 'approved' }),
    );
  }
  const changed = await query.update({
    ...(change.status && { status: change.status }),
    ...(change.approvalId && { approval_id: change.approvalId }),
    ...(change.result && { result: JSON.stringify(change.result) }),
    ...(change.readBack && { read_back: JSON.stringify(change.readBack) }),
    ...(change.error !== undefined && { error: change.error }),
    ...(change.started && { started_at: isoNow() }),
    ...(change.finished && { finished_at: isoNow() }),
  });
  return changed > 0;
}

/** The effects of a workflow, in the order of tasks and proposal. */
export async function effectsOfWorkflow(
  knex: Knex,
  workflowId: string,
): Promise<StoredEffect[]> {
  return (await rowsOfWorkflow(knex, workflowId)).map(fromRow);
}

async function rowsOfWorkflow(
  knex: Knex,
  workflowId: string,
): Promise<EffectRow[]> {
  return ask(
    knex,
    `select * from effects where workflow_id = ?
     order by task_id, round, position`,
    [workflowId],
  );
}

/**
 * The effects of one task, in all their rounds, and those that stand under the same approvals, in the
 * order of tasks and proposal.
 */
export async function effectsAroundTask(
  knex: Knex,
  workflowId: string,
  taskId: string,
): Promise<StoredEffect[]> {
  const rows = await rowsOfWorkflow(knex, workflowId);
  const approvals = new Set(
    rows.filter(row => row.task_id === taskId).map(row => row.approval_id),
  );
  approvals.delete(null);
  return rows
    .filter(row => row.task_id === taskId || approvals.has(row.approval_id))
    .map(fromRow);
}

/** The effects of one task's latest round of each key, in the order of proposal. */
export async function effectsOfTask(
  knex: Knex,
  workflowId: string,
  taskId: string,
): Promise<StoredEffect[]> {
  const rows = await knex<EffectRow>('effects')
    .where({ workflow_id: workflowId, task_id: taskId })
    .orderBy([{ column: 'round' }, { column: 'position' }]);
  const latest = new Map<string, StoredEffect>();
  for (const row of rows) {
    latest.set(row.effect_key, fromRow(row));
  }
  return [...latest.values()];
}

/** One effect by its id. */
export async function effectById(
  knex: Knex,
  effectId: string,
): Promise<StoredEffect | undefined> {
  const row = await knex<EffectRow>('effects')
    .where('effect_id', effectId)
    .first();
  return row && fromRow(row);
}
