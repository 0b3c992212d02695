import {
  TERMINAL_PHASES,
  type ReadBack,
  type StuckEffect,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { fromNullableJson, orUndefined } from '../database/rows';
import type { EffectRow, WorkflowRow } from '../database/tables';

type StuckRow = Pick<
  EffectRow,
  'effect_id' | 'workflow_id' | 'tool' | 'read_back' | 'finished_at'
> &
  Pick<WorkflowRow, 'service_name' | 'environment'>;

/**
 * Effects of ended workflows that could not be undone. One that a later round of the same effect has
 * made good is not among them: undoing it now would take away what that round relies on.
 */
export async function readStuckEffects(
  knex: Knex,
  workflowId?: string,
): Promise<StuckEffect[]> {
  const query = knex('effects')
    .join('workflows', 'workflows.id', 'effects.workflow_id')
    .where('effects.status', 'rollback_failed')
    .whereIn('workflows.phase', [...TERMINAL_PHASES])
    .whereNotExists(
      knex('effects as later')
        .whereRaw('later.workflow_id = effects.workflow_id')
        .whereRaw('later.task_id = effects.task_id')
        .whereRaw('later.effect_key = effects.effect_key')
        .whereRaw('later.round > effects.round')
        .select(knex.raw('1')),
    )
    .orderBy('effects.effect_id')
    .limit(200)
    .select(
      'effects.effect_id',
      'effects.workflow_id',
      'effects.tool',
      'effects.read_back',
      'effects.finished_at',
      'workflows.service_name',
      'workflows.environment',
    );
  if (workflowId !== undefined) {
    query.where('effects.workflow_id', workflowId);
  }
  const rows: StuckRow[] = await query;
  return rows.map(row => ({
    effectId: row.effect_id,
    workflowId: row.workflow_id,
    serviceName: row.service_name,
    environment: row.environment,
    tool: row.tool,
    evidence:
      fromNullableJson<ReadBack>(row.read_back)?.evidence ??
      'Nobody has looked since',
    since: orUndefined(row.finished_at),
  }));
}
