import {
  AGENTIC_EVENTS_TOPIC,
  type EventEnvelope,
} from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { QueuedNotification } from '../database/Outbox';
import { fromJson, isoNow } from '../database/rows';
import type { OutboxRow } from '../database/tables';
import type { Dependencies } from '../resilience/Dependencies';
import { metrics } from '../telemetry/Metrics';
import { NewsBroadcast } from './NewsBroadcast';
import { DependencyUnavailable } from '../resilience/DependencyUnavailable';

const BATCH = 50;
const MAX_ATTEMPTS = 3;
const CLAIM_MS = 30_000;
const POLL_MS = 2000;
const NEVER = new AbortController().signal;

/**
 * Delivers what the outbox holds, at least once: events to Backstage's event service, notifications
 * to people. After three failures an entry is dead and stays in the table with its reason. Also
 * tells browsers, through signals, that a workflow has moved.
 */
export class OutboxDispatcher {
  readonly #database: AgenticDatabase;
  readonly #events: EventsService;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;
  readonly #dependencies: Dependencies;
  readonly #news: NewsBroadcast;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopListening: (() => void) | undefined;

  constructor(options: {
    database: AgenticDatabase;
    events: EventsService;
    notifications: NotificationService;
    signals: SignalsService;
    logger: LoggerService;
    dependencies: Dependencies;
  }) {
    this.#database = options.database;
    this.#events = options.events;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
    this.#dependencies = options.dependencies;
    this.#news = new NewsBroadcast(news =>
      this.#dependencies
        .ofPortal('signals')
        .change(() => options.signals.publish(news), NEVER)
        .catch(error => this.#logger.debug('A signal was not sent', error)),
    );
  }

  start(): void {
    this.#stopListening = this.#database.onEvents(() => {
      this.#news.announce();
      this.nudge();
    });
    this.#timer = setInterval(() => this.nudge(), POLL_MS);
  }

  async stop(): Promise<void> {
    this.#stopListening?.();
    this.#news.stop();
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Delivers what is due now; a call during a delivery makes it look once more. */
  nudge(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#deliverAll()
      .catch(error =>
        this.#logger.warn('Delivering events failed; trying again', error),
      )
      .finally(() => {
        this.#running = undefined;
        if (this.#again) {
          this.#again = false;
          this.nudge();
        }
      });
  }

  async #deliverAll(): Promise<void> {
    for (;;) {
      const rows = await this.#claim();
      if (rows.length === 0) {
        return;
      }
      for (const row of rows) {
        await this.#deliver(row);
      }
    }
  }

  /** Takes due entries by moving their due time, so that replicas do not deliver the same ones. */
  async #claim(): Promise<OutboxRow[]> {
    return this.#database.knex.transaction(async trx => {
      const query = trx<OutboxRow>('outbox')
        .where('status', 'pending')
        .andWhere('due_at', '<=', isoNow())
        .orderBy('id')
        .limit(BATCH);
      const rows = await (this.#database.isShared
        ? query.forUpdate().skipLocked()
        : query);
      if (rows.length > 0) {
        await trx('outbox')
          .whereIn(
            'id',
            rows.map(row => row.id),
          )
          .update({ due_at: new Date(Date.now() + CLAIM_MS).toISOString() });
      }
      return rows;
    });
  }

  async #deliver(row: OutboxRow): Promise<void> {
    const table = this.#database.knex('outbox').where('id', row.id);
    try {
      const part = row.kind === 'event' ? 'events' : 'notifications';
      await this.#dependencies
        .ofPortal(part)
        .change(() => this.#send(row), NEVER);
      await table.update({ status: 'delivered', delivered_at: isoNow() });
      metrics.count('outboxDeliveries', {
        kind: row.kind,
        outcome: 'delivered',
      });
    } catch (error) {
      if (error instanceof DependencyUnavailable) {
        // Nobody was asked, so this is none of the entry's attempts.
        metrics.count('outboxDeliveries', {
          kind: row.kind,
          outcome: 'waiting',
        });
        await table.update({
          error: error.message.slice(0, 1000),
          due_at: error.retryAt.toISOString(),
        });
        return;
      }
      const attempts = row.attempts + 1;
      const dead = attempts >= MAX_ATTEMPTS;
      metrics.count('outboxDeliveries', {
        kind: row.kind,
        outcome: dead ? 'dead' : 'failed',
      });
      await table.update({
        status: dead ? 'dead' : 'pending',
        attempts,
        error: String(error).slice(0, 1000),
        due_at: new Date(Date.now() + 1000 * 2 ** attempts).toISOString(),
      });
      if (dead) {
        this.#logger.error(
          `Outbox entry ${row.event_id} could not be delivered`,
          {
            error: String(error),
          },
        );
      }
    }
  }

  async #send(row: OutboxRow): Promise<void> {
    if (row.kind === 'event') {
      await this.#events.publish({
        topic: AGENTIC_EVENTS_TOPIC,
        eventPayload: fromJson<EventEnvelope>(row.payload),
        metadata: { eventId: row.event_id },
      });
    } else {
      await this.#notify(fromJson<QueuedNotification>(row.payload));
    }
  }

  async #notify(notification: QueuedNotification): Promise<void> {
    // Machines ask for work as well, and nobody reads what is sent to them.
    const recipients = notification.recipients.filter(
      ref => !ref.startsWith('service:'),
    );
    if (recipients.length === 0) {
      return;
    }
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: recipients },
      payload: {
        title: notification.title,
        description: notification.description,
        link: notification.link,
        severity: notification.severity,
        topic: 'agentic',
        scope: notification.scope,
      },
    });
  }
}
