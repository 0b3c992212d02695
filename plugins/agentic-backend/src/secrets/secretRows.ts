import type { SecretMetadata } from '@agentic-backstage/plugin-agentic-common';
import { fromJson } from '../database/rows';

/** The id of the portal's own store. */
export const PORTAL_STORE = 'portal';

/** A secret as it stands in the database; also of what was destroyed. */
export interface SecretRow {
  path: string;
  version: number;
  labels: string;
  rotate_after_days: number;
  created_at: string;
  rotated_at: string;
  destroyed_at: string | null;
}

/** One version of it, encrypted. */
export interface SecretVersionRow {
  path: string;
  version: number;
  key_id: string;
  wrapped_key: string;
  ciphertext: string;
  created_at: string;
}

/** What may be said of a secret. */
export function toMetadata(row: SecretRow): SecretMetadata {
  return {
    store: PORTAL_STORE,
    path: row.path,
    version: row.version,
    labels: fromJson<Record<string, string>>(row.labels),
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    rotateAfterDays: row.rotate_after_days,
  };
}
