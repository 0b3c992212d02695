import {
  chainEntry,
  GENESIS,
  sealPayload,
  type ChangeEntry,
  type RecordHead,
} from '@agentic-backstage/change-record';
import {
  SYSTEM_CHAIN,
  type ChangeKind,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { ask, insertRows } from '../database/ask';
import { isoNow } from '../database/rows';
import { redact, redactDeep } from '../runtime/redact';
import { boundPayload } from './boundPayload';
import type { HeadRow } from './recordTables';

const MAX_SUBJECT_LENGTH = 255;
const INSERTED_AT_ONCE = 50;

/** What is put on record. */
export interface NewChange {
  /** The id of the workflow it belongs to, or {@link SYSTEM_CHAIN}. */
  readonly chain: string;
  readonly kind: ChangeKind;
  /** A user's entity ref, `service:<subject>`, `agent:<id>` or `system`. */
  readonly actor: string;
  /** What it happened to, such as `approval:<id>`. */
  readonly subject: string;
  /** Plain JSON. Secrets are taken out of it; what is very large is kept as its digest. */
  readonly payload: unknown;
}

/**
 * Puts a change on record inside the transaction that makes it true: both are there afterwards, or
 * neither. Holds the chain's head until that transaction ends, so call it last, and for `system`
 * after the workflow's own chain: two transactions that take heads in another order than each other
 * would wait for each other.
 */
export async function appendToRecord(
  trx: Knex.Transaction,
  change: NewChange,
): Promise<ChangeEntry> {
  const [entry] = await appendAllToRecord(trx, [change]);
  return entry;
}

/** Puts a change on record that has no transaction of its own. */
export async function recordAlone(
  knex: Knex,
  change: NewChange,
): Promise<void> {
  await knex.transaction(trx => appendToRecord(trx, change));
}

/** Puts several changes on record in the order given; see {@link appendToRecord}. */
export async function appendAllToRecord(
  trx: Knex.Transaction,
  changes: readonly NewChange[],
): Promise<ChangeEntry[]> {
  const added: ChangeEntry[] = [];
  const chains = new Set(changes.map(change => change.chain));
  // The one chain that all share comes last, so that nobody holds it and waits for another.
  const isShared = chains.delete(SYSTEM_CHAIN);
  for (const chain of isShared ? [...chains, SYSTEM_CHAIN] : chains) {
    let head = await lockHead(trx, chain);
    const entries: ChangeEntry[] = [];
    const payloads: Array<Record<string, string | number>> = [];
    for (const change of changes.filter(each => each.chain === chain)) {
      const { payload, payloadDigest } = sealPayload(
        boundPayload(redactDeep(change.payload)),
      );
      const entry = chainEntry(chain, head, {
        kind: change.kind,
        actor: redact(change.actor).slice(0, MAX_SUBJECT_LENGTH),
        subject: redact(change.subject).slice(0, MAX_SUBJECT_LENGTH),
        at: isoNow(),
        payloadDigest,
      });
      entries.push(entry);
      payloads.push({
        chain,
        seq: entry.seq,
        salt: payload.salt,
        body: JSON.stringify(payload.value),
      });
      head = { seq: entry.seq, hash: entry.hash };
    }
    for (let start = 0; start < entries.length; start += INSERTED_AT_ONCE) {
      const end = start + INSERTED_AT_ONCE;
      await insertRows(
        trx,
        'record_entries',
        entries.slice(start, end).map(entry => toRow(chain, entry)),
      );
      await insertRows(trx, 'record_payloads', payloads.slice(start, end));
    }
    await ask(
      trx,
      'update record_heads set seq = ?, hash = ? where chain = ?',
      [head.seq, head.hash, chain],
    );
    added.push(...entries);
  }
  return added;
}

/** The end of a chain, held until the transaction ends, so that a chain has one writer at a time. */
export async function lockHead(
  trx: Knex.Transaction,
  chain: string,
): Promise<RecordHead> {
  const find = async (): Promise<HeadRow | undefined> => {
    // SQLite has one connection, and with it one writer.
    const lock = trx.client.config.client === 'pg' ? 'for update' : '';
    const [row] = await ask<HeadRow>(
      trx,
      `select seq, hash from record_heads where chain = ? ${lock}`,
      [chain],
    );
    return row;
  };
  const known = await find();
  if (known) {
    return { seq: known.seq, hash: known.hash };
  }
  await trx<HeadRow>('record_heads')
    .insert({ chain, seq: 0, hash: GENESIS, told_seq: 0 })
    .onConflict('chain')
    .ignore();
  const created = await find();
  if (!created) {
    throw new Error(`The head of the record of '${chain}' cannot be written`);
  }
  return { seq: created.seq, hash: created.hash };
}

function toRow(
  chain: string,
  entry: ChangeEntry,
): Record<string, string | number> {
  return {
    chain,
    seq: entry.seq,
    kind: entry.kind,
    actor: entry.actor,
    subject: entry.subject,
    at: entry.at,
    payload_digest: entry.payloadDigest,
    previous: entry.previous,
    hash: entry.hash,
  };
}
