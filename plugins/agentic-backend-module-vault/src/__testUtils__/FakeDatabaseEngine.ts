import { randomBytes } from 'node:crypto';
import { answer, errors, type Reply } from './replies';

interface Lease {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  readonly issuedAt: number;
  expiresAt: number;
}

/** A role of the engine, as an administrator configures it. */
export interface Role {
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
  readonly renewable?: boolean;
}

/**
 * A database secrets engine with the leases of its users, as the published description of Vault's HTTP
 * API says, and the database behind it: who can log in.
 */
export class FakeDatabaseEngine {
  readonly roles = new Map<string, Role>();
  /** Why users cannot be dropped at the moment, if so. */
  dropFails: string | undefined;
  readonly #leases = new Map<string, Lease>();

  /** Whether the database lets somebody in. */
  works(values: Readonly<Record<string, string>>): boolean {
    return [...this.#leases.values()].some(
      ({ username, password, expiresAt }) =>
        username === values.username &&
        password === values.password &&
        expiresAt > Date.now(),
    );
  }

  /** How many can log in now. */
  get users(): number {
    return [...this.#leases.values()].filter(
      ({ expiresAt }) => expiresAt > Date.now(),
    ).length;
  }

  /** `GET creds/:role`, below the mount. */
  credentials(mount: string, role: string): Reply {
    const known = this.roles.get(role);
    if (!known) {
      return errors(400, `unknown role: ${role}`);
    }
    const leaseId = `${mount}/creds/${role}/${randomBytes(12).toString('hex')}`;
    const lease: Lease = {
      username: `v-approle-${role}-${randomBytes(10).toString('hex')}`,
      password: `A1a-${randomBytes(8).toString('hex')}`,
      role: known,
      issuedAt: Date.now(),
      expiresAt: Date.now() + known.defaultTtlSeconds * 1000,
    };
    this.#leases.set(leaseId, lease);
    return answer({
      request_id: randomBytes(8).toString('hex'),
      lease_id: leaseId,
      renewable: known.renewable ?? true,
      lease_duration: known.defaultTtlSeconds,
      data: { username: lease.username, password: lease.password },
      wrap_info: null,
      warnings: null,
      auth: null,
    });
  }

  /** `PUT sys/leases/renew`. */
  renew(leaseId: string, increment: number): Reply {
    const lease = this.#leases.get(leaseId);
    if (!lease || lease.expiresAt <= Date.now()) {
      return errors(400, 'lease not found');
    }
    if (lease.role.renewable === false) {
      return errors(400, 'lease is not renewable');
    }
    const last = lease.issuedAt + lease.role.maxTtlSeconds * 1000;
    lease.expiresAt = Math.min(Date.now() + increment * 1000, last);
    return answer({
      lease_id: leaseId,
      renewable: true,
      lease_duration: Math.round((lease.expiresAt - Date.now()) / 1000),
      data: null,
    });
  }

  /** `PUT sys/leases/revoke`. One that is not there is revoked. */
  revoke(leaseId: string, sync: boolean): Reply {
    if (this.dropFails !== undefined && sync && this.#leases.has(leaseId)) {
      return errors(
        400,
        `failed to revoke entry: resp: (*logical.Response)(nil) err: ${this.dropFails}`,
      );
    }
    this.#leases.delete(leaseId);
    return { status: 204 };
  }
}
