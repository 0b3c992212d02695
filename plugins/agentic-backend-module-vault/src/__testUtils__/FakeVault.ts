import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { FakeDatabaseEngine } from './FakeDatabaseEngine';
import { FakeKv } from './FakeKv';
import { answer, errors, type Reply } from './replies';

interface Login {
  readonly seconds: number;
  readonly renewable: boolean;
}

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
 * 2 at `secret`, a database engine at `database` with its leases, tokens, AppRole and Kubernetes
 * logins, namespaces.
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
  readonly kv = new FakeKv();
  readonly database = new FakeDatabaseEngine();
  readonly #options: FakeVaultOptions;
  readonly #server: Server;
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
      return answer({ data: { ttl, renewable } });
    }
    if (path === 'auth/token/renew-self') {
      known.until = Date.now() + known.login.seconds * 1000;
      return answer(authBody(String(token), known.login));
    }
    return (
      this.#engine(method, path, url.searchParams, body) ??
      errors(404, `no handler for route "${path}"`)
    );
  }

  #engine(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Reply | undefined {
    if (path.startsWith('secret/')) {
      return this.kv.answer({
        method,
        path: path.slice('secret/'.length),
        query,
        body,
      });
    }
    const [, role] = /^database\/creds\/([^/]+)$/.exec(path) ?? [];
    if (role !== undefined && method === 'GET') {
      return role === 'forbidden'
        ? errors(403, '1 error occurred:\n\t* permission denied\n\n')
        : this.database.credentials('database', role);
    }
    const [, what] = /^sys\/leases\/(renew|revoke)$/.exec(path) ?? [];
    if (what !== undefined && ['PUT', 'POST'].includes(method)) {
      const leaseId = String(body.lease_id);
      return what === 'renew'
        ? this.database.renew(leaseId, Number(body.increment))
        : this.database.revoke(leaseId, body.sync === true);
    }
    return undefined;
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
    return answer(authBody(token, this.#tokens.get(token)!.login));
  }
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
