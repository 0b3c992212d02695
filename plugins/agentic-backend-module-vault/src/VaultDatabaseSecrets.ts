import type {
  DynamicSecret,
  DynamicSecretStore,
} from '@agentic-backstage/plugin-agentic-node';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { said } from './kvAnswers';
import type { VaultSession } from './VaultSession';

const Issued = z.object({
  lease_id: z.string().min(1),
  lease_duration: z.number(),
  renewable: z.boolean(),
  data: z.record(z.string(), z.unknown()),
});
const Renewed = z.object({ lease_duration: z.number() });

const ROLE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** What Vault answers about a lease that is over. */
const ENDED = /lease (not found|expired)|not renewable/i;

/**
 * Credentials of a database secrets engine of HashiCorp Vault, made for single calls. The path of a
 * reference is the role: `secret:vault-database/<role>#username` and `#password`.
 */
export class VaultDatabaseSecrets implements DynamicSecretStore {
  readonly id = 'vault-database';
  readonly title: string;
  readonly #mount: string;
  readonly #session: VaultSession;

  constructor(options: { url: URL; mount: string }, session: VaultSession) {
    this.title = `HashiCorp Vault at ${options.url.host}, credentials of ${options.mount}`;
    this.#mount = options.mount;
    this.#session = session;
  }

  problem(): Promise<string | undefined> {
    return this.#session.problem();
  }

  async issue(path: string): Promise<DynamicSecret> {
    if (!ROLE.test(path)) {
      throw new InputError(
        `'${path}' is no role; write secret:${this.id}/<role>#password`,
      );
    }
    const place = `${this.#mount}/creds/${path}`;
    const answer = await this.#session.ask(
      { method: 'GET', path: place },
      `GET ${place}`,
    );
    if (answer.status >= 400) {
      throw new NotFoundError(
        `Vault makes no credentials for the role '${path}' of ${
          this.#mount
        }: ${said(answer)}`,
      );
    }
    const { lease_id: leaseId, ...issued } = this.#read(Issued, answer.body);
    const values = Object.entries(issued.data).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return {
      values: Object.fromEntries(values),
      leaseId,
      expiresAt: inSeconds(issued.lease_duration),
      renewable: issued.renewable,
    };
  }

  async renew(leaseId: string, seconds: number): Promise<string> {
    const answer = await this.#lease('renew', {
      lease_id: leaseId,
      increment: seconds,
    });
    if (answer.status >= 400) {
      const why = said(answer);
      const message = `Vault gives no more time: ${why}`;
      throw ENDED.test(why)
        ? new NotFoundError(message)
        : new ServiceUnavailableError(message);
    }
    return inSeconds(this.#read(Renewed, answer.body).lease_duration);
  }

  /** Waits until the user is dropped; otherwise Vault would answer before it has tried. */
  async revoke(leaseId: string): Promise<void> {
    const answer = await this.#lease('revoke', {
      lease_id: leaseId,
      sync: true,
    });
    if (answer.status >= 400) {
      throw new ServiceUnavailableError(
        `Vault could not revoke the credentials: ${said(answer)}`,
      );
    }
  }

  #lease(what: 'renew' | 'revoke', body: object) {
    const path = `sys/leases/${what}`;
    return this.#session.ask({ method: 'PUT', path, body }, `PUT ${path}`);
  }

  #read<T>(schema: z.ZodType<T>, body: unknown): T {
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      throw new ServiceUnavailableError(
        `Vault answered something else than a database secrets engine does; check agentic.vault.databaseMount (${
          this.#mount
        })`,
      );
    }
    return parsed.data;
  }
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}
