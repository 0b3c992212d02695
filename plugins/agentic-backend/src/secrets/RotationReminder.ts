import type { SecretView } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { enqueueNotifications } from '../database/Outbox';
import type { SecretService } from './SecretService';

const AGAIN_AFTER_MS = 7 * 24 * 60 * 60_000;

/** Tells people which secrets are due for a new value, once a week as long as they are. */
export class RotationReminder {
  readonly #knex: Knex;
  readonly #secrets: SecretService;
  readonly #recipients: readonly string[];

  constructor(options: {
    knex: Knex;
    secrets: SecretService;
    /** Entity refs; with nobody to tell, nothing is noted as told. */
    recipients: readonly string[];
  }) {
    this.#knex = options.knex;
    this.#secrets = options.secrets;
    this.#recipients = options.recipients;
  }

  /** Answers how many were told of. */
  async remind(now: number = Date.now()): Promise<number> {
    if (this.#recipients.length === 0) {
      return 0;
    }
    const { secrets } = await this.#secrets.due(now);
    let told = 0;
    for (const secret of secrets) {
      told += (await this.#remindOf(secret, now)) ? 1 : 0;
    }
    return told;
  }

  async #remindOf(
    { store, path, rotatedAt, dueAt }: SecretView,
    now: number,
  ): Promise<boolean> {
    const secret = `secret:${store}/${path}`;
    return this.#knex.transaction(async trx => {
      const known = await trx('secret_reminders').where({ secret }).first();
      if (
        known?.rotated_at === rotatedAt &&
        Date.parse(known.reminded_at) > now - AGAIN_AFTER_MS
      ) {
        return false;
      }
      await trx('secret_reminders')
        .insert({
          secret,
          rotated_at: rotatedAt,
          reminded_at: new Date(now).toISOString(),
        })
        .onConflict('secret')
        .merge();
      const [written, due] = [rotatedAt, dueAt].map(at => at.slice(0, 10));
      await enqueueNotifications(trx, [
        {
          scope: `agentic-secret-due-${secret}`,
          recipients: this.#recipients,
          title: `${store}/${path} is due for a new value`,
          description: `Its present value was written on ${written} and was due on ${due}`,
          link: '/agentic/secrets',
          severity: 'normal',
        },
      ]);
      return true;
    });
  }
}
