import type { Knex } from 'knex';
import { z } from 'zod';
import type { OutboxRow } from '../../database/tables';
import type { IncidentFact } from '../IncidentFact';
import { uncounted } from './uncounted';

const Payload = z
  .object({
    'detail-type': z.string(),
    title: z.string(),
    detail: z.object({ workflow_id: z.string() }).partial(),
  })
  .partial();

/** Events and messages that could not be delivered and have not been counted, oldest first. */
export async function findDeadLetters(
  knex: Knex,
  options: { since: string; limit: number },
): Promise<IncidentFact[]> {
  const query = knex<OutboxRow>('outbox')
    .where('status', 'dead')
    .where('created_at', '>=', options.since)
    .orderBy('id')
    .limit(options.limit);
  uncounted(query, knex, 'outbox', 'outbox.event_id');
  const rows: OutboxRow[] = await query;
  return rows.map(row => {
    const parsed = Payload.safeParse(JSON.parse(row.payload));
    const { title, detail, 'detail-type': type } = parsed.data ?? {};
    const what =
      row.kind === 'event' ? `An event '${type}'` : 'A message to people';
    return {
      factId: `outbox:${row.event_id}`,
      source: 'dead_letter',
      subject: row.kind === 'event' ? `event/${type}` : 'notification',
      title: `${what} could not be delivered`,
      text: `Outbox entry ${row.event_id}${
        title ? ` ('${title}')` : ''
      } failed ${row.attempts} times: ${row.error ?? 'no reason was given'}`,
      links: { workflowId: detail?.workflow_id },
    };
  });
}
