import {
  ChangeKind,
  type AuditEntry,
  type AuditFilter,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { orUndefined } from '../database/rows';
import { toEntry, toPayload } from './loadRecord';
import type { EntryRow, PayloadRow } from './recordTables';

const EXPORT_PAGE = 500;
/**
 * A page is looked for piece by piece from the newest entry back, in larger pieces while that is
 * quick, and answered after so long with what was found: the log only grows.
 */
const FIRST_PIECE = 2000;
const QUICK_MS = 15;
const SEARCH_MS = 100;
/** Entries get their time a little before their number; this many others may come between. */
const OUT_OF_ORDER = 5000;

const TEXT_COLUMNS = [
  'entry.kind',
  'entry.actor',
  'entry.subject',
  'payload.body',
];

/** Narrows a query over `workflows` to those a reader may see. */
export type Visible = (query: Knex.QueryBuilder) => void;

/** What a page of the log is made from. */
export interface AuditSearch {
  readonly filter: Omit<AuditFilter, 'limit' | 'cursor'>;
  /** Without it the reader may see everything, also what belongs to no workflow. */
  readonly visible?: Visible;
  readonly limit: number;
  /** Only entries that were written before this one. */
  readonly before?: number;
}

type FoundRow = EntryRow & {
  service_name: string | null;
  environment: string | null;
};

type FoundWithPayload = FoundRow & Pick<PayloadRow, 'salt' | 'body' | 'erased'>;

/** Reads the change records of all workflows as one log, newest first. */
export class AuditLog {
  constructor(private readonly knex: Knex) {}

  /**
   * One page without payloads, with the number to go on from. Where little fits, a page may hold
   * fewer entries than asked for, or none, and say where to go on.
   */
  async search(
    search: AuditSearch,
  ): Promise<{ items: AuditEntry[]; next?: number }> {
    const { filter, limit } = search;
    const isShort = filter.workflow || filter.service;
    const deadline = Date.now() + SEARCH_MS;
    const [least, most] = await this.#numbersOf(filter);
    let before = Math.min(search.before ?? most, most);
    let piece = isShort ? before : FIRST_PIECE;
    const found: FoundRow[] = [];
    while (before > least && found.length <= limit && Date.now() < deadline) {
      const from = Math.max(least, before - piece);
      const begun = Date.now();
      const rows: FoundRow[] = await this.#query({ ...search, before })
        .andWhere('entry.id', '>=', from)
        .andWhere(kinds => {
          // The same as the pattern says, for an index that knows no patterns.
          if (filter.kind && !filter.kind.includes('.')) {
            kinds.whereIn('entry.kind', kindsOf(filter.kind));
          }
        })
        .limit(limit + 1 - found.length);
      found.push(...rows);
      before = from;
      if (Date.now() - begun < QUICK_MS) piece *= 4;
    }
    if (found.length > limit) before = found[limit - 1].id;
    return {
      items: found.slice(0, limit).map(toAuditEntry),
      next: before > least ? before : undefined,
    };
  }

  /** The first number that entries in the time of the filter can have, and the one after the last. */
  async #numbersOf({
    from,
    to,
  }: AuditSearch['filter']): Promise<[number, number]> {
    const at = async (time: string): Promise<number | undefined> => {
      const row = await this.knex('record_entries')
        .where('at', '>=', toUtc(time))
        .orderBy('at')
        .first('id');
      return row && Number(row.id);
    };
    const newest = (await this.#newest()) + 1;
    const least = from ? (await at(from)) ?? newest : 1;
    const most = to ? (await at(to)) ?? newest : newest;
    return [
      Math.max(1, least - OUT_OF_ORDER),
      Math.min(newest, most + OUT_OF_ORDER),
    ];
  }

  async #newest(): Promise<number> {
    const row = await this.knex('record_entries').max({ id: 'id' }).first();
    return Number(row?.id ?? 0);
  }

  /** Every entry that fits with its payload, read page by page, as it stood when the reading began. */
  async *all(
    search: Omit<AuditSearch, 'limit' | 'before'>,
  ): AsyncGenerator<AuditEntry> {
    let before: number | undefined;
    for (;;) {
      const rows: FoundWithPayload[] = await this.#query({
        ...search,
        limit: EXPORT_PAGE,
        before,
      })
        .select('payload.salt', 'payload.body', 'payload.erased')
        .limit(EXPORT_PAGE);
      for (const row of rows) {
        yield withPayload(row);
      }
      if (rows.length < EXPORT_PAGE) {
        return;
      }
      before = rows[rows.length - 1].id;
    }
  }

  /** One entry with its payload, if there is one and the reader may see it. */
  async entry(
    chain: string,
    seq: number,
    visible?: Visible,
  ): Promise<AuditEntry | undefined> {
    const row: FoundWithPayload | undefined = await this.#query({
      filter: { workflow: chain },
      visible,
      limit: 1,
    })
      .andWhere('entry.seq', seq)
      .select('payload.salt', 'payload.body', 'payload.erased')
      .first();
    return row && withPayload(row);
  }

  #query({ filter, visible, before }: AuditSearch): Knex.QueryBuilder {
    const { knex } = this;
    const query: Knex.QueryBuilder = knex('record_entries as entry')
      .leftJoin('workflows as workflow', 'workflow.id', 'entry.chain')
      .leftJoin('record_payloads as payload', join =>
        join
          .on('payload.chain', 'entry.chain')
          .andOn('payload.seq', 'entry.seq'),
      )
      .select('entry.*', 'workflow.service_name', 'workflow.environment')
      .orderBy('entry.id', 'desc');
    if (before !== undefined) query.where('entry.id', '<', before);
    if (filter.workflow) query.where('entry.chain', filter.workflow);
    if (filter.actor) query.where('entry.actor', filter.actor);
    if (filter.service) {
      // Its few workflows first, by their index, rather than looking at every entry.
      query.whereIn(
        'entry.chain',
        knex('workflows').select('id').where('service_name', filter.service),
      );
    }
    if (filter.environment) {
      query.where('workflow.environment', filter.environment);
    }
    if (filter.kind?.includes('.')) {
      query.where('entry.kind', filter.kind);
    } else if (filter.kind) {
      query.whereRaw(`entry.kind like ? escape '\\'`, [
        `${escapeLike(filter.kind)}.%`,
      ]);
    }
    if (filter.from) query.where('entry.at', '>=', toUtc(filter.from));
    if (filter.to) query.where('entry.at', '<', toUtc(filter.to));
    if (filter.text) {
      const pattern = `%${escapeLike(filter.text.toLowerCase())}%`;
      query.andWhere(any => {
        for (const column of TEXT_COLUMNS) {
          any.orWhereRaw(`lower(??) like ? escape '\\'`, [column, pattern]);
        }
      });
    }
    if (visible) {
      query.whereIn(
        'entry.chain',
        knex('workflows').select('id').where(visible),
      );
    }
    return query;
  }
}

function kindsOf(group: string): ChangeKind[] {
  return ChangeKind.options.filter(kind => kind.startsWith(`${group}.`));
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, found => `\\${found}`);
}

function toUtc(time: string): string {
  return new Date(time).toISOString();
}

function toAuditEntry(row: FoundRow): AuditEntry {
  return {
    chain: row.chain,
    ...toEntry(row),
    serviceName: orUndefined(row.service_name),
    environment: orUndefined(row.environment),
  };
}

function withPayload(row: FoundWithPayload): AuditEntry {
  return { ...toAuditEntry(row), payload: toPayload(row) };
}
