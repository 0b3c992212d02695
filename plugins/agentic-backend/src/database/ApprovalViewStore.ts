import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { isoNow } from './rows';

interface ApprovalViewRow {
  approval_id: string;
  user_ref: string;
  seen_at: string;
  details_seen_at: string | null;
}

/**
 * Notes that a person has an approval on the screen, and whether with its details. The first time of
 * each counts and is put on record; later ones change nothing.
 */
export async function noteApprovalView(
  trx: Knex.Transaction,
  view: {
    approvalId: string;
    workflowId: string;
    userRef: string;
    details: boolean;
  },
): Promise<void> {
  const { approvalId, workflowId, userRef, details } = view;
  const now = isoNow();
  const key = { approval_id: approvalId, user_ref: userRef };
  const before = await trx<ApprovalViewRow>('approval_views')
    .where(key)
    .first();
  if (before && (!details || before.details_seen_at !== null)) {
    return;
  }
  if (before) {
    await trx<ApprovalViewRow>('approval_views')
      .where(key)
      .update({ details_seen_at: now });
  } else {
    await trx<ApprovalViewRow>('approval_views')
      .insert({
        ...key,
        seen_at: now,
        details_seen_at: details ? now : null,
      })
      .onConflict(['approval_id', 'user_ref'])
      .ignore();
  }
  await appendToRecord(trx, {
    chain: workflowId,
    kind: 'approval.seen',
    actor: userRef,
    subject: `approval:${approvalId}`,
    payload: { details, first: !before },
  });
}
