import {
  SweptItem,
  type SweepItem,
  type SweepRun,
} from '@agentic-backstage/plugin-agentic-common';
import type { SweepCandidate } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { fromJson, isoNow, orUndefined } from '../database/rows';

/** One thing of a report, with whose it is. */
export interface FoundItem extends SweepItem {
  readonly belongsTo: SweepCandidate['belongsTo'];
}

interface ReportRow {
  digest: string;
  created_by: string;
  created_at: string;
  valid_until: string;
}

interface SweepRow {
  id: string;
  report_digest: string;
  status: SweepRun['status'];
  started_by: string;
  started_at: string;
  finished_at: string | null;
  lease_until: string | null;
}

interface ItemRow {
  sweep_id: string;
  position: number;
  body: string;
  outcome: SweptItem['outcome'];
  evidence: string | null;
}

/** An item of a sweep that is under way. */
export interface PendingItem {
  readonly position: number;
  readonly item: FoundItem;
}

/** Any number that means "one sweep begins at a time" in PostgreSQL. */
const BEGIN_LOCK = 7_204_115;

/** Keeps reports and what became of them. */
export class SweepStore {
  constructor(readonly knex: Knex) {}

  async putReport(
    trx: Knex.Transaction,
    report: {
      digest: string;
      createdBy: string;
      createdAt: string;
      validUntil: string;
    },
  ): Promise<void> {
    await trx<ReportRow>('sweep_reports')
      .insert({
        digest: report.digest,
        created_by: report.createdBy,
        created_at: report.createdAt,
        valid_until: report.validUntil,
      })
      .onConflict('digest')
      .merge();
  }

  /** When the report with this digest stops being valid; undefined when there was none. */
  async validUntil(digest: string): Promise<string | undefined> {
    const row = await this.knex<ReportRow>('sweep_reports')
      .where('digest', digest)
      .first('valid_until');
    return row?.valid_until;
  }

  /** Begins a sweep unless one is under way. Answers false then. */
  async begin(
    trx: Knex.Transaction,
    sweep: { id: string; digest: string; by: string },
    items: readonly FoundItem[],
  ): Promise<boolean> {
    if (trx.client.config.client === 'pg') {
      await trx.raw('select pg_advisory_xact_lock(?)', [BEGIN_LOCK]);
    }
    const other = await trx<SweepRow>('sweeps')
      .where('status', 'running')
      .first('id');
    if (other) return false;
    await trx('sweeps').insert({
      id: sweep.id,
      report_digest: sweep.digest,
      status: 'running',
      started_by: sweep.by,
      started_at: isoNow(),
    });
    await trx.batchInsert(
      'sweep_items',
      items.map((item, position) => ({
        sweep_id: sweep.id,
        position,
        body: JSON.stringify(item),
        outcome: 'pending',
      })),
      50,
    );
    return true;
  }

  /** Takes a sweep for a while, for this process alone. False when another has it or it is done. */
  async lease(sweepId: string, until: Date): Promise<boolean> {
    const taken = await this.knex<SweepRow>('sweeps')
      .where({ id: sweepId, status: 'running' })
      .where(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<', isoNow()),
      )
      .update({ lease_until: until.toISOString() });
    return taken === 1;
  }

  async renew(sweepId: string, until: Date): Promise<void> {
    await this.knex<SweepRow>('sweeps')
      .where('id', sweepId)
      .update({ lease_until: until.toISOString() });
  }

  async pending(sweepId: string): Promise<PendingItem[]> {
    const rows = await this.knex<ItemRow>('sweep_items')
      .where({ sweep_id: sweepId, outcome: 'pending' })
      .orderBy('position');
    return rows.map(row => ({
      position: row.position,
      item: fromJson<FoundItem>(row.body),
    }));
  }

  async settle(
    trx: Knex.Transaction,
    sweepId: string,
    position: number,
    outcome: SweptItem['outcome'],
    evidence: string,
  ): Promise<void> {
    await trx<ItemRow>('sweep_items')
      .where({ sweep_id: sweepId, position })
      .update({ outcome, evidence });
  }

  async finish(trx: Knex.Transaction, sweepId: string): Promise<void> {
    await trx<SweepRow>('sweeps')
      .where('id', sweepId)
      .update({ status: 'done', finished_at: isoNow(), lease_until: null });
  }

  /** Sweeps that a process left behind. */
  async abandoned(): Promise<string[]> {
    return this.knex<SweepRow>('sweeps')
      .where('status', 'running')
      .where(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<', isoNow()),
      )
      .pluck('id');
  }

  /** The latest sweeps, newest first. */
  async latest(limit: number, id?: string): Promise<SweepRun[]> {
    const query = this.knex<SweepRow>('sweeps')
      .orderBy('started_at', 'desc')
      .limit(limit);
    if (id !== undefined) query.where('id', id);
    const sweeps: SweepRow[] = await query;
    const items = await this.knex<ItemRow>('sweep_items')
      .whereIn(
        'sweep_id',
        sweeps.map(sweep => sweep.id),
      )
      .orderBy('position');
    return sweeps.map(sweep => ({
      sweepId: sweep.id,
      reportDigest: sweep.report_digest,
      status: sweep.status,
      startedBy: sweep.started_by,
      startedAt: sweep.started_at,
      finishedAt: orUndefined(sweep.finished_at),
      items: items
        .filter(item => item.sweep_id === sweep.id)
        .map(({ body, outcome, evidence }) =>
          SweptItem.parse({
            ...fromJson<FoundItem>(body),
            outcome,
            evidence: orUndefined(evidence),
          }),
        ),
    }));
  }

  /** Forgets what only the sweeper itself and the rate limit need for a short while. */
  async tidy(now: Date): Promise<void> {
    const yesterday = new Date(now.getTime() - 24 * 3_600_000);
    await this.knex<ReportRow>('sweep_reports')
      .where('valid_until', '<', yesterday.toISOString())
      .delete();
    await this.knex('rate_windows')
      .where('window_start', '<', yesterday.getTime())
      .delete();
  }
}
