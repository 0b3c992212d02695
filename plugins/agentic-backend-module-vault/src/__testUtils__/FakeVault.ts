import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';

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

interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

interface Login {
  readonly seconds: number;
  readonly renewable: boolean;
}

const MAX_VERSIONS = 10;
const errors = (status: number, ...said: string[]): Reply => ({
  status,
  body: { errors: said },
});

/** What a test says about its Vault. */
export interface FakeVaultOptions {
  readonly namespace?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** How long tokens live. */
  readonly tokenSeconds?: number;
  readonly renewable?: boolean;
}

/**
 * A server that answers as the published description of Vault's HTTP API says: a KV engine of version
 * 2 at `secret`, tokens, AppRole and Kubernetes logins, namespaces. Time moves only where a test says.
 */
export class FakeVault {
  readonly requests: Array<{
    method: string;
    path: string;
    token: string | undefined;
  }> = [];
  sealed = false;
  /** Milliseconds by which every answer is late. */
  delayMs = 0;
  /** Called before a write is looked at, to let another writer be faster. */
  beforeWrite: (() => void) | undefined;
  readonly #options: FakeVaultOptions;
  readonly #server: Server;
  readonly #secrets = new Map<string, Secret>();
  readonly #tokens = new Map<string, { until: number; login: Login }>();

  private constructor(options: FakeVaultOptions) {
    this.#options = options;
    const listener: Parameters<typeof createServer>[1] = (req, res) => {
      this.#answer(req).then(({ status, body }) => {
        setTimeout(() => {
          res.writeHead(status, { 'Content-Type': 'application/json' });
          res.end(body === undefined ? undefined : JSON.stringify(body));
        }, this.delayMs);
      });
    };
    this.#server = options.tls
      ? createTlsServer(options.tls, listener)
      : createServer(listener);
  }

  static async start(options: FakeVaultOptions = {}): Promise<FakeVault> {
    const vault = new FakeVault(options);
    await new Promise<void>(resolve => {
      vault.#server.listen(0, '127.0.0.1', resolve);
    });
    return vault;
  }

  get url(): URL {
    const { port } = this.#server.address() as AddressInfo;
    const protocol = this.#options.tls ? 'https' : 'http';
    return new URL(`${protocol}://localhost:${port}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  /** Makes a token, as an administrator would. */
  issueToken(): string {
    const login = {
      seconds: this.#options.tokenSeconds ?? 3600,
      renewable: this.#options.renewable ?? true,
    };
    const token = `hvs.${randomBytes(12).toString('hex')}`;
    this.#tokens.set(token, {
      until: Date.now() + login.seconds * 1000,
      login,
    });
    return token;
  }

  /** Takes every token away. */
  revokeAll(): void {
    this.#tokens.clear();
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

  async #answer(req: IncomingMessage): Promise<Reply> {
    const url = new URL(req.url ?? '/', 'http://vault');
    const path = decodeURIComponent(url.pathname.replace(/^\/v1\//, ''));
    const token = req.headers['x-vault-token'];
    const method = req.method ?? '';
    this.requests.push({ method, path, token: token?.toString() });
    const text = await readAll(req);
    const body = text === '' ? {} : JSON.parse(text);
    if (this.sealed) {
      return errors(503, 'Vault is sealed');
    }
    if (req.headers['x-vault-namespace'] !== this.#options.namespace) {
      return errors(404, 'no handler for route');
    }
    const login = this.#login(method, path, body);
    if (login) {
      return login;
    }
    const known = this.#tokens.get(String(token));
    if (!known || known.until < Date.now()) {
      return errors(403, 'permission denied');
    }
    if (path === 'auth/token/lookup-self') {
      const ttl = Math.round((known.until - Date.now()) / 1000);
      const { renewable } = known.login;
      return { status: 200, body: { data: { ttl, renewable } } };
    }
    if (path === 'auth/token/renew-self') {
      known.until = Date.now() + known.login.seconds * 1000;
      return { status: 200, body: authBody(String(token), known.login) };
    }
    const match = /^secret\/(data|metadata|destroy)\/(.*)$/.exec(path);
    if (!match) {
      return errors(404, `no handler for route "${path}"`);
    }
    const [, area, place] = match;
    if (place.split('/').some(part => part === 'forbidden')) {
      return errors(403, '1 error occurred:\n\t* permission denied\n\n');
    }
    if (area === 'data') {
      return method === 'GET'
        ? this.#read(place, Number(url.searchParams.get('version') ?? 0))
        : this.#write(place, body);
    }
    if (area === 'destroy') {
      return this.#destroy(place, body.versions);
    }
    if (method !== 'GET') {
      return this.#describe(place, body.custom_metadata);
    }
    return url.searchParams.get('list') === 'true'
      ? this.#list(place)
      : this.#metadata(place);
  }

  #login(
    method: string,
    path: string,
    body: Record<string, unknown>,
  ): Reply | undefined {
    const match = /^auth\/(approle|kubernetes)\/login$/.exec(path);
    if (!match || method !== 'POST') {
      return undefined;
    }
    const good =
      match[1] === 'approle'
        ? body.role_id === 'a-role' && body.secret_id === 'a-secret-id'
        : body.role === 'portal' && body.jwt === 'a-service-account-token';
    if (!good) {
      return errors(400, 'invalid role or secret ID');
    }
    const token = this.issueToken();
    return {
      status: 200,
      body: authBody(token, this.#tokens.get(token)!.login),
    };
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
    return {
      status: 200,
      body: {
        data: {
          ...publicVersion(version),
          custom_metadata: secret.custom_metadata,
          version: secret.current_version,
        },
      },
    };
  }

  #destroy(path: string, versions: number[]): Reply {
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
    return {
      status: 200,
      body: {
        data: {
          cas_required: false,
          created_time: secret.created_time,
          current_version: secret.current_version,
          custom_metadata: secret.custom_metadata,
          versions: Object.fromEntries(versions),
        },
      },
    };
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
      : { status: 200, body: { data: { keys: [...keys].sort() } } };
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

function authBody(token: string, login: Login): object {
  return {
    auth: {
      client_token: token,
      lease_duration: login.seconds,
      renewable: login.renewable,
      policies: ['default'],
    },
  };
}

async function readAll(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
