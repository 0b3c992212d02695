import {
  verifyRecord,
  type RecordHead,
} from '@agentic-backstage/change-record';
import {
  SYSTEM_CHAIN,
  type Health,
  type RecordVerification,
} from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isoNow } from '../database/rows';
import { appendToRecord } from './ChangeRecord';
import { loadRecord } from './loadRecord';
import type { HeadRow } from './recordTables';

/** Chains looked at in one round of the self-check; the next round goes on where it ended. */
const CHAINS_PER_ROUND = 200;

type Check = Health['checks'][number];

/**
 * Verifies chains: one when somebody asks, and all of them in turn by itself. Remembers the heads it
 * has seen, so that a chain that was rewritten or cut off between two looks is found as well.
 */
export class RecordVerifier {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #heads = new Map<string, RecordHead>();
  readonly #broken = new Map<string, RecordVerification>();
  #lastChain = '';
  #verified = 0;

  constructor(options: { knex: Knex; logger: LoggerService }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
  }

  /** Verifies one chain as it stands now. */
  async verify(chain: string): Promise<RecordVerification> {
    const record = await loadRecord(this.#knex, chain);
    const known = this.#heads.get(chain);
    const outcome = verifyRecord(record, { head: known, chain });
    const beyond = await this.#beyondHead(chain);
    const problems = [...outcome.problems, ...beyond];
    const verification: RecordVerification = {
      ...outcome,
      status: problems.length === 0 ? 'intact' : 'broken',
      problems: problems.slice(0, 100),
      checkedAt: isoNow(),
    };
    if (verification.status === 'intact') {
      this.#heads.set(chain, outcome.head);
      this.#broken.delete(chain);
    } else if (!this.#broken.has(chain)) {
      this.#broken.set(chain, verification);
      await this.#report(verification);
    }
    return verification;
  }

  /** Verifies the system's chain and the next chains in turn. Answers how many were looked at. */
  async checkRound(): Promise<number> {
    const rows = await this.#knex<HeadRow>('record_heads')
      .where('chain', '>', this.#lastChain)
      .whereNot('chain', SYSTEM_CHAIN)
      .orderBy('chain')
      .limit(CHAINS_PER_ROUND)
      .select('chain');
    const chains = [SYSTEM_CHAIN, ...rows.map(row => row.chain)];
    for (const chain of chains) {
      await this.verify(chain);
    }
    this.#lastChain =
      rows.length < CHAINS_PER_ROUND ? '' : rows[rows.length - 1].chain;
    this.#verified += chains.length;
    return chains.length;
  }

  /** What the last rounds have found, for the health of the plugin. */
  check(): Check {
    if (this.#broken.size === 0) {
      return {
        id: 'change_record',
        status: 'ok',
        message: `${this.#verified} chain(s) verified since the start`,
      };
    }
    return {
      id: 'change_record',
      status: 'failed',
      message: `${
        this.#broken.size
      } chain(s) are not what was recorded; look at the audit page`,
    };
  }

  /** Entries behind the head: nothing writes such, so somebody has moved the head back. */
  async #beyondHead(chain: string): Promise<RecordVerification['problems']> {
    const found = await this.#knex('record_heads as head')
      .join('record_entries as entry', 'entry.chain', 'head.chain')
      .where('head.chain', chain)
      .andWhereRaw('entry.seq > head.seq')
      .min({ seq: 'entry.seq' })
      .first();
    return found && found.seq !== null && found.seq !== undefined
      ? [
          {
            code: 'wrong_head',
            seq: Number(found.seq),
            message: `Entry ${found.seq} lies beyond the head of the chain: the head was moved back`,
          },
        ]
      : [];
  }

  async #report(broken: RecordVerification): Promise<void> {
    const [first] = broken.problems;
    this.#logger.error(
      `The change record '${broken.chain}' is broken: ${first.message}`,
    );
    if (broken.chain === SYSTEM_CHAIN) {
      return;
    }
    await this.#knex.transaction(trx =>
      appendToRecord(trx, {
        chain: SYSTEM_CHAIN,
        kind: 'record.broken',
        actor: 'system',
        subject: `chain:${broken.chain}`,
        payload: { problems: broken.problems.slice(0, 10) },
      }),
    );
  }
}
