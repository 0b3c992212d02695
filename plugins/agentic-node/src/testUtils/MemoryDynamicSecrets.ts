import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { randomBytes } from 'node:crypto';
import type { DynamicSecret, DynamicSecretStore } from '../dynamicSecrets';
import type { SecretValues } from '../secrets';

/** Credentials that work as long as this class says, for tests. Keeps the contract of every dynamic store. */
export class MemoryDynamicSecrets implements DynamicSecretStore {
  readonly title = 'Credentials of the test';
  /** Everything throws while this is set. */
  away = false;
  /** Every revocation throws while this is set. */
  revokeFails = false;
  /** How long credentials last. */
  seconds = 3600;
  readonly #leases = new Map<
    string,
    { readonly values: SecretValues; expiresAt: number }
  >();

  constructor(readonly id: string = 'memory-database') {}

  /** Whether somebody could log in with these now. */
  works({ username, password }: SecretValues): boolean {
    return [...this.#leases.values()].some(
      ({ values, expiresAt }) =>
        values.username === username &&
        values.password === password &&
        expiresAt > Date.now(),
    );
  }

  /** How many credentials work now. */
  get living(): number {
    return [...this.#leases.values()].filter(
      ({ expiresAt }) => expiresAt > Date.now(),
    ).length;
  }

  async issue(path: string): Promise<DynamicSecret> {
    this.#ask();
    if (path.startsWith('unknown')) {
      throw new NotFoundError(`There is no role '${path}'`);
    }
    const leaseId = `${path}/${randomBytes(8).toString('hex')}`;
    const expiresAt = Date.now() + this.seconds * 1000;
    const values = {
      username: `v-${path}-${randomBytes(6).toString('hex')}`,
      password: randomBytes(12).toString('hex'),
    };
    this.#leases.set(leaseId, { values, expiresAt });
    return {
      values,
      leaseId,
      expiresAt: new Date(expiresAt).toISOString(),
      renewable: true,
    };
  }

  async renew(leaseId: string, seconds: number): Promise<string> {
    this.#ask();
    const lease = this.#leases.get(leaseId);
    if (!lease || lease.expiresAt <= Date.now()) {
      throw new NotFoundError('These credentials have ended');
    }
    lease.expiresAt = Date.now() + seconds * 1000;
    return new Date(lease.expiresAt).toISOString();
  }

  async revoke(leaseId: string): Promise<void> {
    this.#ask();
    if (this.revokeFails) {
      throw new ServiceUnavailableError('The user could not be dropped');
    }
    this.#leases.delete(leaseId);
  }

  #ask(): void {
    if (this.away) {
      throw new ServiceUnavailableError(`'${this.id}' does not answer`);
    }
  }
}
