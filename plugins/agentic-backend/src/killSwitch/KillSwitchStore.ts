import type { KillSwitch } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { ask } from '../database/ask';
import { isoNow, orUndefined } from '../database/rows';

/** What stands in `agent` for a stop of all of them; no agent's id looks like this. */
const ALL = '*';
const RELEASED_SHOWN = 50;

interface KillSwitchRow {
  id: number;
  agent: string;
  engaged_by: string;
  engaged_at: string;
  reason: string;
  released_by: string | null;
  released_at: string | null;
  release_reason: string | null;
}

function fromRow(row: KillSwitchRow): KillSwitch {
  return {
    switchId: row.id,
    ...(row.agent !== ALL && { agent: row.agent }),
    engagedBy: row.engaged_by,
    engagedAt: row.engaged_at,
    reason: row.reason,
    releasedBy: orUndefined(row.released_by),
    releasedAt: orUndefined(row.released_at),
    releaseReason: orUndefined(row.release_reason),
  };
}

/** Every stop that holds now, oldest first. */
export async function engagedSwitches(knex: Knex): Promise<KillSwitch[]> {
  const rows = await knex<KillSwitchRow>('kill_switches')
    .whereNull('released_at')
    .orderBy('id');
  return rows.map(fromRow);
}

/** The latest stops that were released, newest first. */
export async function releasedSwitches(knex: Knex): Promise<KillSwitch[]> {
  const rows = await knex<KillSwitchRow>('kill_switches')
    .whereNotNull('released_at')
    .orderBy('id', 'desc')
    .limit(RELEASED_SHOWN);
  return rows.map(fromRow);
}

/** The stop that holds for an agent: its own before one of all agents. Read anew at each gate. */
export async function stopOf(
  knex: Knex,
  agent: string,
): Promise<KillSwitch | undefined> {
  const rows = await ask<KillSwitchRow>(
    knex,
    'select * from kill_switches where released_at is null and agent in (?, ?)',
    [agent, ALL],
  );
  return stopFor(rows.map(fromRow), agent);
}

/** Of several stops, the one that counts for an agent: its own before one of all agents. */
export function stopFor(
  stops: readonly KillSwitch[],
  agent: string,
): KillSwitch | undefined {
  return (
    stops.find(stop => stop.agent === agent) ??
    stops.find(stop => stop.agent === undefined)
  );
}

/** Stops one agent, or all. Answers the stop that holds; `created` is false when somebody was faster. */
export async function insertSwitch(
  trx: Knex.Transaction,
  stop: { agent?: string; engagedBy: string; reason: string },
): Promise<{ stop: KillSwitch; created: boolean }> {
  const agent = stop.agent ?? ALL;
  const inserted = await trx<KillSwitchRow>('kill_switches')
    .insert({
      agent,
      engaged_by: stop.engagedBy,
      engaged_at: isoNow(),
      reason: stop.reason,
    })
    .onConflict(trx.raw('(agent) where released_at is null'))
    .ignore()
    .returning('id');
  const row = await trx<KillSwitchRow>('kill_switches')
    .where({ agent, released_at: null })
    .first();
  return { stop: fromRow(row!), created: inserted.length === 1 };
}

/** Ends the stop of one agent, or the one of all. Answers `undefined` when there is none. */
export async function endSwitch(
  trx: Knex.Transaction,
  release: { agent?: string; releasedBy: string; reason: string },
): Promise<KillSwitch | undefined> {
  const [row] = await trx<KillSwitchRow>('kill_switches')
    .where('agent', release.agent ?? ALL)
    .whereNull('released_at')
    .update({
      released_by: release.releasedBy,
      released_at: isoNow(),
      release_reason: release.reason,
    })
    .returning('*');
  return row && fromRow(row);
}
