import type { SecretValues } from './secrets';

/** Credentials that were made for one use and end by themselves. */
export interface DynamicSecret {
  readonly values: SecretValues;
  /** Names them for renewing and revoking. No secret, but nothing to show around either. */
  readonly leaseId: string;
  /** When they end, unless they are renewed or revoked before. */
  readonly expiresAt: string;
  readonly renewable: boolean;
}

/**
 * Makes credentials for one use. References to it are `secret:<id>/<path>#<key>`, as to a store; each
 * call that resolves one gets credentials of its own, which the host revokes when the call is over.
 * Called by the host only. Every one keeps `dynamicSecretStoreContract` of `./testUtils`.
 */
export interface DynamicSecretStore {
  /** Short lower-case word, the first part of references. No store has the same. */
  readonly id: string;
  readonly title: string;
  /** Why it cannot be used at the moment, if so. */
  problem?(): Promise<string | undefined>;
  /** Makes new credentials. Throws `NotFoundError` when there is nothing of that path. */
  issue(path: string): Promise<DynamicSecret>;
  /** Asks for so many seconds from now and answers when they end now. Throws `NotFoundError` when they have ended. */
  renew(leaseId: string, seconds: number): Promise<string>;
  /** Makes them useless, and answers when they are. No error when they were before. */
  revoke(leaseId: string): Promise<void>;
}
