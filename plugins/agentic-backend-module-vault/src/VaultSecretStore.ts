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
import {
  isLiving,
  KvData,
  KvKeys,
  KvMetadata,
  KvWritten,
  labelsOf,
  readKv,
  said,
  termOf,
  TERM,
} from './kvAnswers';
import type { VaultOptions } from './readVaultOptions';
import type { VaultAnswer } from './VaultHttp';
import { VaultSession } from './VaultSession';

const MAX_SECRETS = 5_000;
const AT_ONCE = 8;
const TRIES = 3;

/** Secrets in a KV secrets engine of version 2 of HashiCorp Vault. */
export class VaultSecretStore implements SecretStore {
  readonly id = 'vault';
  readonly title: string;
  readonly #session: VaultSession;
  readonly #mount: string;
  readonly #prefix: string;

  constructor(options: VaultOptions, session: VaultSession) {
    this.title = `HashiCorp Vault at ${options.url.host}, ${options.mount}/${options.pathPrefix}`;
    this.#session = session;
    this.#mount = options.mount;
    this.#prefix = options.pathPrefix;
  }

  problem(): Promise<string | undefined> {
    return this.#session.problem();
  }

  async put(path: string, write: SecretWrite): Promise<SecretMetadata> {
    if (!SecretPath.safeParse(path).success) {
      throw new InputError(
        `'${path}' is no path of a secret; use segments of letters, digits, dots, hyphens and underscores`,
      );
    }
    for (let attempt = 1; ; attempt++) {
      const before = await this.#metadata(path);
      const present = before && isLiving(before) ? before.current_version : 0;
      const expected = write.expectedVersion ?? present;
      if (expected !== present) {
        throw changedMeanwhile(path, present);
      }
      // Facts about a new secret first: a secret whose facts are missing would be worse than facts alone.
      if (present === 0) {
        await this.#describeAs(path, {
          labels: write.labels ?? {},
          rotateAfterDays: write.rotateAfterDays ?? DEFAULT_ROTATION_DAYS,
        });
      }
      const answer = await this.#ask('POST', 'data', path, {
        options: { cas: before?.current_version ?? 0 },
        data: write.values,
      });
      if (answer.status === 400) {
        if (write.expectedVersion === undefined && attempt < TRIES) {
          continue;
        }
        throw answer.errors.some(error => /check-and-set/i.test(error))
          ? changedMeanwhile(path, present)
          : new InputError(`Vault does not take '${path}': ${said(answer)}`);
      }
      const { version } = readKv(KvWritten, answer, path).data;
      if (present !== 0 && (write.labels || write.rotateAfterDays)) {
        await this.#describeAs(path, {
          labels: write.labels ?? labelsOf(before),
          rotateAfterDays: write.rotateAfterDays ?? termOf(before),
        });
      }
      return this.#described(path, version);
    }
  }

  async get(path: string, version?: number): Promise<SecretContent> {
    const answer = await this.#ask(
      'GET',
      'data',
      path,
      undefined,
      version === undefined ? '' : `?version=${version}`,
    );
    const found = answer.status < 300 && KvData.safeParse(answer.body);
    if (!found || !found.success || found.data.data.data === null) {
      throw new NotFoundError(
        `There is no secret '${path}'${
          version === undefined ? '' : ` in version ${version}`
        } in the store '${this.id}'`,
      );
    }
    const { data, metadata } = found.data.data;
    // People write numbers and booleans into Vault, too.
    const values = Object.entries(data).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return { values: Object.fromEntries(values), version: metadata.version };
  }

  async describe(path: string): Promise<SecretMetadata | undefined> {
    const found = await this.#metadata(path);
    return found && isLiving(found)
      ? this.#toMetadata(path, found, found.current_version)
      : undefined;
  }

  async list(): Promise<SecretMetadata[]> {
    const paths = await this.#paths('');
    const found: SecretMetadata[] = [];
    for (let start = 0; start < paths.length; start += AT_ONCE) {
      const described = await Promise.all(
        paths.slice(start, start + AT_ONCE).map(path => this.describe(path)),
      );
      found.push(...described.filter(each => each !== undefined));
    }
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
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
    const found = await this.#metadata(path);
    const versions = Object.entries(found?.versions ?? {})
      .filter(([, { destroyed }]) => !destroyed)
      .map(([version]) => Number(version));
    if (versions.length > 0) {
      await this.#ask('PUT', 'destroy', path, { versions });
    }
  }

  /** The paths of all secrets below a folder, which is '' or ends with a slash. */
  async #paths(folder: string, found: string[] = []): Promise<string[]> {
    const answer = await this.#ask(
      'GET',
      'metadata',
      folder,
      undefined,
      '?list=true',
    );
    if (answer.status === 404) {
      return found;
    }
    for (const key of readKv(KvKeys, answer, folder).data.keys) {
      if (found.length >= MAX_SECRETS) {
        throw new ServiceUnavailableError(
          `There are more than ${MAX_SECRETS} secrets in ${this.#mount}/${
            this.#prefix
          }; set agentic.vault.pathPrefix to a folder of their own`,
        );
      }
      const path = `${folder}${key}`;
      if (key.endsWith('/')) {
        await this.#paths(path, found);
      } else if (SecretPath.safeParse(path).success) {
        found.push(path);
      }
    }
    return found;
  }

  async #metadata(path: string): Promise<KvMetadata | undefined> {
    const answer = await this.#ask('GET', 'metadata', path);
    return answer.status === 404
      ? undefined
      : readKv(KvMetadata, answer, path).data;
  }

  async #described(path: string, version: number): Promise<SecretMetadata> {
    const found = await this.#metadata(path);
    if (!found) {
      throw new ServiceUnavailableError(
        `Vault took '${path}' and does not know it any more; look at it there`,
      );
    }
    return this.#toMetadata(path, found, version);
  }

  #toMetadata(
    path: string,
    found: KvMetadata,
    version: number,
  ): SecretMetadata {
    const written =
      found.versions[String(version)]?.created_time ?? found.created_time;
    return {
      store: this.id,
      path,
      version,
      labels: labelsOf(found),
      createdAt: new Date(found.created_time).toISOString(),
      rotatedAt: new Date(written).toISOString(),
      rotateAfterDays: termOf(found),
    };
  }

  async #describeAs(
    path: string,
    facts: {
      labels: Readonly<Record<string, string>>;
      rotateAfterDays: number;
    },
  ): Promise<void> {
    const answer = await this.#ask('POST', 'metadata', path, {
      custom_metadata: {
        ...facts.labels,
        [TERM]: String(facts.rotateAfterDays),
      },
    });
    if (answer.status >= 300) {
      throw new InputError(
        `Vault does not take the labels of '${path}': ${said(answer)}`,
      );
    }
  }

  #ask(
    method: 'GET' | 'POST' | 'PUT',
    area: 'data' | 'metadata' | 'destroy',
    path: string,
    body?: unknown,
    query: string = '',
  ): Promise<VaultAnswer> {
    const place = `${this.#prefix}/${path}`
      .split('/')
      .map(encodeURIComponent)
      .join('/');
    return this.#session.ask(
      { method, path: `${this.#mount}/${area}/${place}${query}`, body },
      `${method} ${this.#mount}/${area}/${this.#prefix}/${path}`,
    );
  }
}

function changedMeanwhile(path: string, present: number): ConflictError {
  return new ConflictError(
    `'${path}' is at version ${present} or later, not the one that was expected; read it again`,
  );
}
