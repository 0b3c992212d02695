import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { fromJson } from '../database/rows';
import { recordIncident, tellPeople } from './incidentNews';
import type { IncidentSettings } from './IncidentSettings';
import { addEntry, lockIncident, type IncidentRow } from './IncidentStore';

const AT_ONCE = 50;

/**
 * Tells the next in line of incidents that nobody acknowledges. When they are due is a column that is
 * moved on in the transaction that queues the message, so that no replica and no crash tells twice.
 */
export class IncidentEscalation {
  readonly #knex: Knex;
  readonly #settings: IncidentSettings;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    settings: IncidentSettings;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#settings = options.settings;
    this.#logger = options.logger;
  }

  /** One round; answers how many were escalated. One that fails keeps none of the others from being looked after. */
  async run(now: Date = new Date()): Promise<number> {
    const due = await this.#knex<IncidentRow>('incidents')
      .where('status', 'open')
      .where('next_escalation_at', '<=', now.toISOString())
      .orderBy('next_escalation_at')
      .limit(AT_ONCE)
      .select('id');
    let escalated = 0;
    for (const { id } of due) {
      try {
        escalated += (await this.#escalate(id, now)) ? 1 : 0;
      } catch (error) {
        this.#logger.warn(`Incident '${id}' could not be escalated`, {
          error: String(error),
        });
      }
    }
    return escalated;
  }

  /** Answers false when somebody was faster, or has acknowledged it. */
  async #escalate(id: string, now: Date): Promise<boolean> {
    return this.#knex.transaction(async trx => {
      const row = await lockIncident(trx, { id, status: 'open' });
      if (
        !row?.next_escalation_at ||
        row.next_escalation_at > now.toISOString()
      )
        return false;
      const told = fromJson<string[]>(row.escalated_to);
      // By who was told, not by a number: the list may have been changed since.
      const [next, ...others] = this.#settings.escalation.filter(
        ref => !told.includes(ref),
      );
      const after: IncidentRow = {
        ...row,
        escalated_to: JSON.stringify(
          next === undefined ? told : [...told, next],
        ),
        next_escalation_at:
          others.length === 0
            ? null
            : new Date(
                now.getTime() + this.#settings.escalateAfterMs,
              ).toISOString(),
      };
      await trx<IncidentRow>('incidents').where({ id }).update({
        escalated_to: after.escalated_to,
        next_escalation_at: after.next_escalation_at,
      });
      if (next === undefined) return false;
      const text = `Nobody has acknowledged it since ${row.last_seen_at}; told ${next}`;
      await addEntry(trx, {
        incidentId: id,
        kind: 'escalated',
        actor: 'system',
        text,
      });
      await tellPeople(trx, after, {
        why: `escalated:${row.reopened}:${next}`,
        recipients: [next],
        text,
      });
      await recordIncident(trx, after, {
        kind: 'incident.escalated',
        actor: 'system',
        text,
      });
      return true;
    });
  }
}
