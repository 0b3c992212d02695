import {
  DEFAULT_ROTATION_DAYS,
  type SecretMetadata,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { SecretPath } from '../secretReferences';
import type {
  SecretContent,
  SecretStore,
  SecretValues,
  SecretWrite,
} from '../secrets';

interface Kept {
  readonly metadata: SecretMetadata;
  readonly versions: ReadonlyMap<number, SecretValues>;
  readonly destroyed: boolean;
}

/** A store of secrets in memory, for tests. Keeps the contract of every store. */
export class MemorySecretStore implements SecretStore {
  readonly title = 'Memory of the test';
  readonly #secrets = new Map<string, Kept>();

  constructor(readonly id: string = 'memory') {}

  async put(path: string, write: SecretWrite): Promise<SecretMetadata> {
    SecretPath.parse(path);
    const kept = this.#secrets.get(path);
    const living = kept && !kept.destroyed ? kept : undefined;
    const present = living?.metadata.version ?? 0;
    if ((write.expectedVersion ?? present) !== present) {
      throw new ConflictError(
        `'${path}' is at version ${present}, not ${write.expectedVersion}; read it again`,
      );
    }
    const now = new Date().toISOString();
    const version = (kept?.metadata.version ?? 0) + 1;
    const metadata: SecretMetadata = {
      store: this.id,
      path,
      version,
      labels: { ...(write.labels ?? living?.metadata.labels) },
      createdAt: living?.metadata.createdAt ?? now,
      rotatedAt: now,
      rotateAfterDays:
        write.rotateAfterDays ??
        living?.metadata.rotateAfterDays ??
        DEFAULT_ROTATION_DAYS,
    };
    const versions = new Map(living?.versions).set(version, write.values);
    this.#secrets.set(path, { metadata, versions, destroyed: false });
    return metadata;
  }

  async get(path: string, version?: number): Promise<SecretContent> {
    const kept = this.#secrets.get(path);
    const wanted = version ?? kept?.metadata.version ?? 0;
    const values = kept?.versions.get(wanted);
    if (!values) {
      throw new NotFoundError(`There is no secret '${path}' in that version`);
    }
    return { values, version: wanted };
  }

  async describe(path: string): Promise<SecretMetadata | undefined> {
    const kept = this.#secrets.get(path);
    return kept && !kept.destroyed ? kept.metadata : undefined;
  }

  async list(): Promise<SecretMetadata[]> {
    return [...this.#secrets.values()]
      .filter(kept => !kept.destroyed)
      .map(kept => kept.metadata)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async rotate(
    path: string,
    write: { values: SecretValues; expectedVersion: number },
  ): Promise<SecretMetadata> {
    if (!(await this.describe(path))) {
      throw new NotFoundError(`There is no secret '${path}'`);
    }
    return this.put(path, write);
  }

  async destroy(path: string): Promise<void> {
    const kept = this.#secrets.get(path);
    if (kept) {
      this.#secrets.set(path, {
        ...kept,
        versions: new Map(),
        destroyed: true,
      });
    }
  }
}
