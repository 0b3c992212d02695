import type { Knex } from 'knex';
import { isoNow } from '../database/rows';
import type { IncidentFact } from './IncidentFact';
import { recordIncident } from './incidentNews';
import type { IncidentSettings } from './IncidentSettings';
import { incidentSeverity } from './incidentSeverity';
import {
  addEntry,
  isCounted,
  lockIncident,
  type IncidentRow,
} from './IncidentStore';
import { announce, fingerprintOf, newIncident } from './newIncident';

/** What became of a fact; `known` when it had been counted before. */
export type Reported = 'opened' | 'reopened' | 'repeated' | 'known';

const BY = 'system';

/**
 * Makes incidents of facts: the first opens one, what follows while it is not resolved is counted on
 * it, and what comes back soon after its end opens it again. One transaction per fact, whose line of
 * the timeline carries the name of the fact: whatever dies in between, it is counted once.
 */
export class IncidentReports {
  readonly #knex: Knex;
  readonly #settings: IncidentSettings;
  readonly #fallback: readonly string[];
  readonly #isProduction: (environment: string) => boolean;

  constructor(options: {
    knex: Knex;
    settings: IncidentSettings;
    fallback: readonly string[];
    isProduction: (environment: string) => boolean;
  }) {
    this.#knex = options.knex;
    this.#settings = options.settings;
    this.#fallback = options.fallback;
    this.#isProduction = options.isProduction;
  }

  async report(fact: IncidentFact): Promise<Reported> {
    if (await isCounted(this.#knex, fact.factId)) {
      return 'known';
    }
    try {
      return await this.#knex.transaction(trx => this.#count(trx, fact));
    } catch (error) {
      // Another replica found it in the same moment.
      if (await isCounted(this.#knex, fact.factId)) {
        return 'known';
      }
      throw error;
    }
  }

  /** Notes on an incident that is not resolved that its cause has gone. People say when it is over. */
  async recovered(
    fact: Pick<IncidentFact, 'factId' | 'source' | 'subject' | 'text'>,
  ): Promise<void> {
    if (await isCounted(this.#knex, fact.factId)) {
      return;
    }
    await this.#knex.transaction(async trx => {
      const fingerprint = fingerprintOf(fact.source, fact.subject);
      const row = await lockIncident(trx, { fingerprint }, true);
      if (row) {
        await addEntry(trx, {
          incidentId: row.id,
          kind: 'recovered',
          actor: BY,
          text: fact.text,
          fact: fact.factId,
        });
      }
    });
  }

  async #count(trx: Knex.Transaction, fact: IncidentFact): Promise<Reported> {
    const fingerprint = fingerprintOf(fact.source, fact.subject);
    const unresolved = await lockIncident(trx, { fingerprint }, true);
    if (unresolved) {
      await trx<IncidentRow>('incidents')
        .where('id', unresolved.id)
        .update({
          occurrences: unresolved.occurrences + 1,
          last_seen_at: isoNow(),
        });
      await addEntry(trx, {
        incidentId: unresolved.id,
        kind: 'repeated',
        actor: BY,
        text: fact.text,
        fact: fact.factId,
      });
      return 'repeated';
    }
    const past = await lockIncident(trx, { fingerprint });
    return past && this.#isRecent(past)
      ? this.#reopen(trx, past, fact)
      : this.#open(trx, fact);
  }

  #isRecent({ resolved_at: resolvedAt }: IncidentRow): boolean {
    return (
      resolvedAt !== null &&
      Date.now() - Date.parse(resolvedAt) <= this.#settings.reopenWithinMs
    );
  }

  async #open(trx: Knex.Transaction, fact: IncidentFact): Promise<Reported> {
    const row = newIncident({
      ...fact,
      severity: incidentSeverity(
        fact,
        fact.environment !== undefined && this.#isProduction(fact.environment),
      ),
      openedBy: BY,
    });
    await trx<IncidentRow>('incidents').insert(row);
    await this.#announce(trx, row, 'opened', fact);
    return 'opened';
  }

  async #reopen(
    trx: Knex.Transaction,
    past: IncidentRow,
    fact: IncidentFact,
  ): Promise<Reported> {
    const again: Partial<IncidentRow> = {
      status: 'open',
      occurrences: past.occurrences + 1,
      reopened: past.reopened + 1,
      last_seen_at: isoNow(),
      acknowledged_by: null,
      acknowledged_at: null,
      mitigated_at: null,
      resolved_by: null,
      resolved_at: null,
      resolution: null,
    };
    await trx<IncidentRow>('incidents').where('id', past.id).update(again);
    await this.#announce(trx, { ...past, ...again }, 'reopened', fact);
    return 'reopened';
  }

  async #announce(
    trx: Knex.Transaction,
    row: IncidentRow,
    kind: 'opened' | 'reopened',
    fact: IncidentFact,
  ): Promise<void> {
    const announced = await announce(trx, row, {
      settings: this.#settings,
      fallback: this.#fallback,
      actor: BY,
      kind,
      text: fact.text,
      fact: fact.factId,
    });
    await recordIncident(trx, announced, {
      kind: `incident.${kind}`,
      actor: BY,
      text: fact.text,
    });
  }
}
