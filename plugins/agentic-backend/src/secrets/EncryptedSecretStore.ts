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
import { isoNow } from '../database/rows';
import type { SealingKeys } from './readSealingKeys';
import { openRow, resealOrSkip, sealRow, Values } from './sealedRows';
import type { SealingKey } from './sealing';
import {
  PORTAL_STORE,
  toMetadata,
  type SecretRow,
  type SecretVersionRow,
} from './secretRows';

const KEPT_VERSIONS = 5;
const MAX_VALUE_BYTES = 64 * 1024;

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
      await trx<SecretVersionRow>('secret_versions').insert({
        path,
        version: next.version,
        created_at: now,
        ...sealRow(key, plain, next),
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
    return { values: openRow(kept, keys), version: wanted };
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
