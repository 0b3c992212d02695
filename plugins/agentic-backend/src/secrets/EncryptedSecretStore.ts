import {
  DEFAULT_ROTATION_DAYS,
  type SecretMetadata,
} from '@agentic-backstage/plugin-agentic-common';
import {
  SecretPath,
  type SecretContent,
  type SecretStore,
  type SecretValues,
  type SecretWrite,
} from '@agentic-backstage/plugin-agentic-node';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { Knex } from 'knex';
import { z } from 'zod';
import { fromJson, isoNow } from '../database/rows';
import type { SealingKeys } from './readSealingKeys';
import { reseal, seal, unseal, type Sealed, type SealingKey } from './sealing';
import { UnreadableSecretError } from './UnreadableSecretError';

interface SecretRow {
  path: string;
  version: number;
  labels: string;
  rotate_after_days: number;
  created_at: string;
  rotated_at: string;
  destroyed_at: string | null;
}

interface SecretVersionRow {
  path: string;
  version: number;
  key_id: string;
  wrapped_key: string;
  ciphertext: string;
  created_at: string;
}

const Values = z.record(z.string(), z.string());
const KEPT_VERSIONS = 5;
const MAX_VALUE_BYTES = 64 * 1024;

/** The id of the portal's own store. */
export const PORTAL_STORE = 'portal';

function about(path: string, version: number): string {
  return `agentic secret ${JSON.stringify([path, version])}`;
}

/**
 * The portal's own store: rows of the plugin database, encrypted with AES-256-GCM. Every version has
 * a key of its own, which is encrypted with the configured one; both are bound to path and version.
 */
export class EncryptedSecretStore implements SecretStore {
  readonly id = PORTAL_STORE;
  readonly title = 'Encrypted in the database of the portal';
  readonly #knex: Knex;
  readonly #readKeys: () => Promise<SealingKeys>;
  #keys: Promise<SealingKeys> | undefined;

  /** `readKeys` is called once, when a key is first needed. */
  constructor(options: { knex: Knex; readKeys: () => Promise<SealingKeys> }) {
    this.#knex = options.knex;
    this.#readKeys = options.readKeys;
  }

  async problem(): Promise<string | undefined> {
    return (await this.#loadKeys()).problem;
  }

  async put(path: string, write: SecretWrite): Promise<SecretMetadata> {
    const key = await this.#sealingKey();
    if (!SecretPath.safeParse(path).success) {
      throw new InputError(
        `'${path}' is no path of a secret; use segments of letters, digits, dots, hyphens and underscores`,
      );
    }
    const plain = JSON.stringify(Values.parse(write.values));
    if (Buffer.byteLength(plain) > MAX_VALUE_BYTES) {
      throw new InputError(
        `The values of '${path}' are larger than ${MAX_VALUE_BYTES} bytes; keep files elsewhere`,
      );
    }
    return this.#knex.transaction(async trx => {
      const row = await this.#row(trx, path);
      const living = row && row.destroyed_at === null ? row : undefined;
      const present = living?.version ?? 0;
      if ((write.expectedVersion ?? present) !== present) {
        throw changedMeanwhile(path, present, write.expectedVersion);
      }
      const now = isoNow();
      const next: SecretRow = {
        path,
        version: (row?.version ?? 0) + 1,
        labels: write.labels
          ? JSON.stringify(write.labels)
          : living?.labels ?? '{}',
        rotate_after_days:
          write.rotateAfterDays ??
          living?.rotate_after_days ??
          DEFAULT_ROTATION_DAYS,
        created_at: living?.created_at ?? now,
        rotated_at: now,
        destroyed_at: null,
      };
      if (row) {
        // The condition makes one of two writers that read the same version come too late.
        const changed = await trx<SecretRow>('secrets')
          .where({ path, version: row.version })
          .update(next);
        if (changed === 0) {
          throw changedMeanwhile(path, row.version + 1, write.expectedVersion);
        }
      } else {
        const [made] = await trx<SecretRow>('secrets')
          .insert(next)
          .onConflict('path')
          .ignore()
          .returning('path');
        if (!made) {
          throw changedMeanwhile(path, 1, write.expectedVersion);
        }
      }
      const sealed = seal(key, plain, about(path, next.version));
      await trx<SecretVersionRow>('secret_versions').insert({
        path,
        version: next.version,
        key_id: sealed.keyId,
        wrapped_key: sealed.wrappedKey,
        ciphertext: sealed.ciphertext,
        created_at: now,
      });
      await trx<SecretVersionRow>('secret_versions')
        .where('path', path)
        .andWhere('version', '<=', next.version - KEPT_VERSIONS)
        .delete();
      return toMetadata(next);
    });
  }

  async get(path: string, version?: number): Promise<SecretContent> {
    const { keys } = await this.#loadKeys();
    await this.#sealingKey();
    const row = await this.#row(this.#knex, path);
    const wanted = version ?? row?.version ?? 0;
    const kept = await this.#knex<SecretVersionRow>('secret_versions')
      .where({ path, version: wanted })
      .first();
    if (!row || row.destroyed_at !== null || !kept) {
      throw new NotFoundError(
        `There is no secret '${path}'${
          version === undefined ? '' : ` in version ${version}`
        } in the store '${this.id}'`,
      );
    }
    return { values: open(kept, keys), version: wanted };
  }

  async describe(path: string): Promise<SecretMetadata | undefined> {
    const row = await this.#row(this.#knex, path);
    return row && row.destroyed_at === null ? toMetadata(row) : undefined;
  }

  async list(): Promise<SecretMetadata[]> {
    const rows = await this.#knex<SecretRow>('secrets').whereNull(
      'destroyed_at',
    );
    return rows.map(toMetadata).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async rotate(
    path: string,
    write: { values: SecretValues; expectedVersion: number },
  ): Promise<SecretMetadata> {
    if (!(await this.describe(path))) {
      throw new NotFoundError(
        `There is no secret '${path}' in the store '${this.id}'`,
      );
    }
    return this.put(path, write);
  }

  async destroy(path: string): Promise<void> {
    await this.#knex.transaction(async trx => {
      await trx<SecretVersionRow>('secret_versions')
        .where('path', path)
        .delete();
      await trx<SecretRow>('secrets')
        .where('path', path)
        .whereNull('destroyed_at')
        .update({ destroyed_at: isoNow(), labels: '{}' });
    });
  }

  /** Brings everything under the first key, so that the others can be taken out of the configuration. */
  async reencrypt(): Promise<{ changed: number; unreadable: number }> {
    // Without anything to open, no key is made for it either.
    if (!(await this.#knex('secret_versions').first('path'))) {
      return { changed: 0, unreadable: 0 };
    }
    const { keys } = await this.#loadKeys();
    const [first] = keys;
    if (!first) {
      return { changed: 0, unreadable: 0 };
    }
    const rows = await this.#knex<SecretVersionRow>('secret_versions').whereNot(
      'key_id',
      first.id,
    );
    let changed = 0;
    for (const row of rows) {
      const from = keys.find(key => key.id === row.key_id);
      const sealed = from && resealOrSkip(from, first, row);
      if (sealed) {
        changed += await this.#knex<SecretVersionRow>('secret_versions')
          .where({ path: row.path, version: row.version, key_id: row.key_id })
          .update({ key_id: sealed.keyId, wrapped_key: sealed.wrappedKey });
      }
    }
    return { changed, unreadable: rows.length - changed };
  }

  async #sealingKey(): Promise<SealingKey> {
    const { keys, problem } = await this.#loadKeys();
    if (keys.length === 0) {
      throw new ServiceUnavailableError(
        `The store '${this.id}' cannot be used. ${problem}`,
      );
    }
    return keys[0];
  }

  async #loadKeys(): Promise<SealingKeys> {
    this.#keys ??= this.#readKeys().catch(error => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  async #row(knex: Knex, path: string): Promise<SecretRow | undefined> {
    return knex<SecretRow>('secrets').where('path', path).first();
  }
}

function open(
  row: SecretVersionRow,
  keys: readonly SealingKey[],
): SecretValues {
  const key = keys.find(candidate => candidate.id === row.key_id);
  if (!key) {
    throw new UnreadableSecretError(
      `'${row.path}' was encrypted with the key ${row.key_id}, which is not configured; add that key to agentic.secrets.keys after the first one`,
    );
  }
  try {
    const plain = unseal(key, toSealed(row), about(row.path, row.version));
    return Values.parse(JSON.parse(plain));
  } catch {
    // The cause would say nothing more, and might quote what was decrypted.
    throw new UnreadableSecretError(
      `The row of '${row.path}', version ${row.version}, was changed outside of the portal and does not open; put the secret again`,
    );
  }
}

function changedMeanwhile(
  path: string,
  present: number,
  expected: number | undefined,
): ConflictError {
  return new ConflictError(
    `'${path}' is at version ${present}, not ${
      expected ?? 'the one that was read'
    }; read it again`,
  );
}

/** A row that was changed outside of the portal does not keep the others from their new key. */
function resealOrSkip(
  from: SealingKey,
  to: SealingKey,
  row: SecretVersionRow,
): Sealed | undefined {
  try {
    return reseal(from, to, toSealed(row), about(row.path, row.version));
  } catch {
    return undefined;
  }
}

function toSealed(row: SecretVersionRow): Sealed {
  return {
    keyId: row.key_id,
    wrappedKey: row.wrapped_key,
    ciphertext: row.ciphertext,
  };
}

function toMetadata(row: SecretRow): SecretMetadata {
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
