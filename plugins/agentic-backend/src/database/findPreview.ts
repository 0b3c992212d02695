import {
  SYSTEM_CHAIN,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { fromJson } from './rows';

/** What a preview leaves on record of its plan. */
export type RecordedPreview = Pick<Plan, 'template' | 'intent'>;

/** The latest preview of a plan with this hash that this person was shown; undefined when there was none, or its payload was erased. */
export async function findPreview(
  knex: Knex,
  actor: string,
  planHash: string,
): Promise<RecordedPreview | undefined> {
  const row = await knex('record_entries')
    .join('record_payloads', on =>
      on
        .on('record_payloads.chain', 'record_entries.chain')
        .andOn('record_payloads.seq', 'record_entries.seq'),
    )
    .where({
      'record_entries.chain': SYSTEM_CHAIN,
      actor,
      kind: 'request.previewed',
      subject: `plan:${planHash}`,
    })
    .orderBy('record_entries.id', 'desc')
    .first<{ body: string | null } | undefined>('record_payloads.body');
  const preview = row?.body ? fromJson<Partial<RecordedPreview>>(row.body) : {};
  return preview.intent && preview.template !== undefined
    ? { intent: preview.intent, template: preview.template }
    : undefined;
}
