import {
  cleanLine,
  cleanText,
  EVENT_DETAILS,
  EVENT_SOURCE_PREFIX,
  type EventDetail,
  type EventEnvelope,
  type EventType,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { secretMasks } from '../runtime/redactValues';
import { currentTraceparent } from '../telemetry/WorkContext';
import { isoNow } from './rows';

/** An event on its way out. */
export interface QueuedEvent {
  readonly eventId: string;
  readonly envelope: EventEnvelope;
}

/** A message to people on its way out. `scope` makes a repeated delivery replace the first. */
export interface QueuedNotification {
  readonly scope: string;
  readonly recipients: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly link: string;
  readonly severity: 'critical' | 'high' | 'normal' | 'low';
}

const SCHEMA_VERSION = '1';

/**
 * Builds the envelope of an event published by an agent. Throws when the detail does not have
 * exactly the fields its type specifies.
 */
export function buildEvent<T extends EventType>(options: {
  agent: string;
  type: T;
  detail: Omit<EventDetail<T>, 'metadata'>;
  correlationId: string;
}): QueuedEvent {
  const eventId = randomUUID();
  const detail = EVENT_DETAILS[options.type].parse({
    ...options.detail,
    metadata: {
      event_id: eventId,
      correlation_id: options.correlationId,
      traceparent: currentTraceparent(),
      schema_version: SCHEMA_VERSION,
    },
  }) as EventDetail<T>;
  return {
    eventId,
    envelope: {
      source: `${EVENT_SOURCE_PREFIX}.${options.agent}`,
      'detail-type': options.type,
      detail,
      time: isoNow(),
    } as EventEnvelope,
  };
}

/** Puts events into the outbox, in the transaction that changes the state they tell of. */
export async function enqueueEvents(
  trx: Knex.Transaction,
  events: readonly QueuedEvent[],
): Promise<void> {
  await insertAll(
    trx,
    events.map(event => ({
      id: event.eventId,
      kind: 'event',
      payload: secretMasks.maskDeep(event.envelope),
    })),
  );
}

/** Puts notifications into the outbox. */
export async function enqueueNotifications(
  trx: Knex.Transaction,
  notifications: readonly QueuedNotification[],
): Promise<void> {
  await insertAll(
    trx,
    notifications.map(notification => ({
      id: randomUUID(),
      kind: 'notification',
      payload: {
        ...secretMasks.maskDeep(notification),
        title: cleanLine(secretMasks.mask(notification.title)),
        description: cleanText(secretMasks.mask(notification.description)),
      },
    })),
  );
}

async function insertAll(
  trx: Knex.Transaction,
  entries: readonly { id: string; kind: string; payload: unknown }[],
): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const now = isoNow();
  await trx('outbox').insert(
    entries.map(entry => ({
      event_id: entry.id,
      kind: entry.kind,
      payload: JSON.stringify(entry.payload),
      status: 'pending',
      attempts: 0,
      due_at: now,
      created_at: now,
    })),
  );
}
