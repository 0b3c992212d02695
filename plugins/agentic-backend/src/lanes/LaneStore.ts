import type {
  Lane,
  LaneChange,
  LaneEvidence,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { ask } from '../database/ask';
import { fromNullableJson } from '../database/rows';

interface LaneChangeRow {
  agent: string;
  seq: number;
  from_lane: Lane;
  to_lane: Lane;
  source: LaneChange['source'];
  changed_by: string;
  reason: string;
  evidence: string | null;
  agent_version: string;
  at: string;
}

function fromRow(row: LaneChangeRow): LaneChange {
  return {
    seq: row.seq,
    from: row.from_lane,
    to: row.to_lane,
    source: row.source,
    changedBy: row.changed_by,
    reason: row.reason,
    evidence: fromNullableJson<LaneEvidence>(row.evidence),
    agentVersion: row.agent_version,
    at: row.at,
  };
}

/** The changes of an agent's lane, newest first. */
export async function laneChanges(
  knex: Knex,
  agent: string,
): Promise<LaneChange[]> {
  const rows = await knex<LaneChangeRow>('lane_changes')
    .where({ agent })
    .orderBy('seq', 'desc');
  return rows.map(fromRow);
}

/** The last change of an agent's lane. */
export async function lastLaneChange(
  knex: Knex,
  agent: string,
): Promise<LaneChange | undefined> {
  const [row] = await ask<LaneChangeRow>(
    knex,
    'select * from lane_changes where agent = ? order by seq desc limit 1',
    [agent],
  );
  return row && fromRow(row);
}

/** The lane each agent was last given. Agents without a change are not in it. */
export async function promotedLanes(knex: Knex): Promise<Map<string, Lane>> {
  const rows = await knex<LaneChangeRow>('lane_changes').orderBy('seq');
  return new Map(rows.map(row => [row.agent, row.to_lane]));
}

/** Adds a change unless its `seq` is taken. Answers whether it was added. */
export async function insertLaneChange(
  trx: Knex.Transaction,
  agent: string,
  change: LaneChange,
): Promise<boolean> {
  const taken = await trx('lane_changes')
    .where({ agent, seq: change.seq })
    .first();
  if (taken) return false;
  const added = await trx<LaneChangeRow>('lane_changes')
    .insert({
      agent,
      seq: change.seq,
      from_lane: change.from,
      to_lane: change.to,
      source: change.source,
      changed_by: change.changedBy,
      reason: change.reason,
      evidence: change.evidence ? JSON.stringify(change.evidence) : null,
      agent_version: change.agentVersion,
      at: change.at,
    })
    .onConflict(['agent', 'seq'])
    .ignore()
    .returning('seq');
  return added.length === 1;
}

/** Per workflow, how many dry runs of this agent are on record there, and how many of them policy denied. */
export async function dryRunsOf(
  knex: Knex,
  agent: string,
  workflows: readonly string[],
): Promise<LaneEvidence['workflows']> {
  const rows = await knex('tasks')
    .leftJoin('effects', join =>
      join
        .on('effects.workflow_id', 'tasks.workflow_id')
        .andOn('effects.task_id', 'tasks.task_id'),
    )
    .where('tasks.agent', agent)
    .whereIn('tasks.workflow_id', [...workflows])
    .select<
      Array<{
        workflow_id: string;
        effect_id: string | null;
        verdict: string | null;
      }>
    >('tasks.workflow_id', 'effects.effect_id', 'effects.verdict');
  return [...new Set(rows.map(row => row.workflow_id))].map(workflowId => {
    const own = rows.filter(
      row => row.workflow_id === workflowId && row.effect_id !== null,
    );
    const denied = own.filter(
      row =>
        fromNullableJson<{ decision: string }>(row.verdict)?.decision ===
        'deny',
    );
    return { workflowId, dryRuns: own.length, denied: denied.length };
  });
}
