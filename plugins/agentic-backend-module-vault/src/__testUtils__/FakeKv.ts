import { answer, errors, type Reply } from './replies';

interface Version {
  readonly created_time: string;
  deletion_time: string;
  destroyed: boolean;
  data: Record<string, unknown> | undefined;
}

interface Secret {
  readonly created_time: string;
  custom_metadata: Record<string, string> | null;
  current_version: number;
  readonly versions: Map<number, Version>;
}

const MAX_VERSIONS = 10;

/** A KV secrets engine of version 2, as the published description of Vault's HTTP API says. */
export class FakeKv {
  /** Called before a write is looked at, to let another writer be faster. */
  beforeWrite: (() => void) | undefined;
  readonly #secrets = new Map<string, Secret>();

  /** Answers what was asked below the mount; `undefined` when it is nothing of this engine. */
  answer(request: {
    method: string;
    path: string;
    query: URLSearchParams;
    body: Record<string, unknown>;
  }): Reply | undefined {
    const match = /^(data|metadata|destroy)\/(.*)$/.exec(request.path);
    if (!match) {
      return undefined;
    }
    const [, area, place] = match;
    const { method, query, body } = request;
    if (place.split('/').some(part => part === 'forbidden')) {
      return errors(403, '1 error occurred:\n\t* permission denied\n\n');
    }
    if (area === 'data') {
      return method === 'GET'
        ? this.#read(place, Number(query.get('version') ?? 0))
        : this.#write(place, body);
    }
    if (area === 'destroy') {
      return this.#destroy(place, body.versions as number[]);
    }
    if (method !== 'GET') {
      return this.#describe(
        place,
        body.custom_metadata as Record<string, string>,
      );
    }
    return query.get('list') === 'true'
      ? this.#list(place)
      : this.#metadata(place);
  }

  /** Writes as somebody else would, without a check. */
  write(path: string, data: Record<string, unknown>): void {
    const secret = this.#secrets.get(path) ?? newSecret();
    this.#secrets.set(path, secret);
    addVersion(secret, data);
  }

  /** Soft-deletes the present version, as somebody else would. */
  softDelete(path: string): void {
    const secret = this.#secrets.get(path);
    const current = secret?.versions.get(secret.current_version);
    if (current) {
      current.deletion_time = new Date().toISOString();
    }
  }

  #read(path: string, version: number): Reply {
    const secret = this.#secrets.get(path);
    const wanted = version || secret?.current_version || 0;
    const found = secret?.versions.get(wanted);
    if (!secret || !found) {
      return errors(404);
    }
    const gone = found.destroyed || found.deletion_time !== '';
    return {
      status: gone ? 404 : 200,
      body: {
        data: {
          data: gone ? null : found.data,
          metadata: {
            ...publicVersion(found),
            custom_metadata: secret.custom_metadata,
            version: wanted,
          },
        },
      },
    };
  }

  #write(
    path: string,
    body: { data?: Record<string, unknown>; options?: { cas?: number } },
  ): Reply {
    this.beforeWrite?.();
    const secret = this.#secrets.get(path) ?? newSecret();
    const cas = body.options?.cas;
    if (cas !== undefined && cas !== secret.current_version) {
      return errors(
        400,
        'check-and-set parameter did not match the current version',
      );
    }
    if (!body.data) {
      return errors(400, 'no data provided');
    }
    this.#secrets.set(path, secret);
    const version = addVersion(secret, body.data);
    return answer({
      data: {
        ...publicVersion(version),
        custom_metadata: secret.custom_metadata,
        version: secret.current_version,
      },
    });
  }

  #destroy(path: string, versions: readonly number[]): Reply {
    for (const number of versions) {
      const version = this.#secrets.get(path)?.versions.get(number);
      if (version) {
        version.destroyed = true;
        version.data = undefined;
      }
    }
    return { status: 204 };
  }

  #describe(path: string, metadata: Record<string, string>): Reply {
    if (Object.values(metadata).some(value => typeof value !== 'string')) {
      return errors(400, 'custom_metadata values must be strings');
    }
    const secret = this.#secrets.get(path) ?? newSecret();
    secret.custom_metadata = metadata;
    this.#secrets.set(path, secret);
    return { status: 204 };
  }

  #metadata(path: string): Reply {
    const secret = this.#secrets.get(path);
    if (!secret) {
      return errors(404);
    }
    const versions = [...secret.versions].map(([number, version]) => [
      number,
      publicVersion(version),
    ]);
    return answer({
      data: {
        cas_required: false,
        created_time: secret.created_time,
        current_version: secret.current_version,
        custom_metadata: secret.custom_metadata,
        versions: Object.fromEntries(versions),
      },
    });
  }

  #list(folder: string): Reply {
    const prefix =
      folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
    const keys = new Set(
      [...this.#secrets.keys()]
        .filter(path => path.startsWith(prefix))
        .map(path => path.slice(prefix.length).replace(/\/.*/, '/')),
    );
    return keys.size === 0
      ? errors(404)
      : answer({ data: { keys: [...keys].sort() } });
  }
}

function newSecret(): Secret {
  return {
    created_time: vaultTime(),
    custom_metadata: null,
    current_version: 0,
    versions: new Map(),
  };
}

function addVersion(secret: Secret, data: Record<string, unknown>): Version {
  secret.current_version += 1;
  const version: Version = {
    created_time: vaultTime(),
    deletion_time: '',
    destroyed: false,
    data,
  };
  secret.versions.set(secret.current_version, version);
  secret.versions.delete(secret.current_version - MAX_VERSIONS);
  return version;
}

/** Vault writes nanoseconds. */
function vaultTime(): string {
  return new Date().toISOString().replace('Z', '319214Z');
}

function publicVersion({ data: _data, ...version }: Version): object {
  return version;
}
