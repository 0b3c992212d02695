import type { SecretUse } from '../LentSecrets';

/** Who borrowed, for the access log. */
export type Borrower = Pick<
  SecretUse,
  'actor' | 'tool' | 'workflowId' | 'taskId' | 'requestedBy'
>;

/**
 * A loan as it stands in the database. `asked` before there are credentials, `lent` while a call has
 * them, `returned` when it is over, `revoked` when they are useless; `expired` when their own time was
 * over first, `lost` when nobody knows whether there were any.
 */
export interface LeaseRow {
  id: number;
  store: string;
  path: string;
  lease_id: string | null;
  status: 'asked' | 'lent' | 'returned' | 'revoked' | 'expired' | 'lost';
  /** JSON of {@link Borrower}. */
  borrower: string;
  asked_at: string;
  expires_at: string | null;
  /** Whoever borrowed is alive until then at least, and says so again and again. */
  held_until: string;
  next_try_at: string | null;
  attempts: number;
  ended_at: string | null;
}
