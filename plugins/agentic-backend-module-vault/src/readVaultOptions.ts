import type { Config } from '@backstage/config';
import { readFileSync } from 'node:fs';

/** How the portal proves to Vault who it is. */
export type VaultAuth =
  | { readonly method: 'token'; readonly token: string }
  | {
      readonly method: 'approle';
      readonly roleId: string;
      readonly secretId: string;
      readonly mount: string;
    }
  | {
      readonly method: 'kubernetes';
      readonly role: string;
      readonly jwtFile: string;
      readonly mount: string;
    };

/** Which Vault is used and how. */
export interface VaultOptions {
  readonly url: URL;
  readonly namespace?: string;
  readonly mount: string;
  readonly pathPrefix: string;
  /** Certificate authority in PEM. */
  readonly ca?: string;
  readonly timeoutMs: number;
  /** Where a database secrets engine is mounted, when credentials may be made. */
  readonly databaseMount?: string;
  readonly auth: VaultAuth;
}

const KEY = 'agentic.vault';
const KUBERNETES_JWT = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const PLACE = /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*$/;

function readPlace(config: Config, key: string, otherwise: string): string {
  const place = (config.getOptionalString(key) ?? otherwise).replace(
    /^\/|\/$/g,
    '',
  );
  if (!PLACE.test(place)) {
    throw new Error(
      `${KEY}.${key} is '${place}'; write letters, digits, hyphens and underscores with / between them`,
    );
  }
  return place;
}

function readAuth(config: Config): VaultAuth {
  const method = config.getString('auth.method');
  switch (method) {
    case 'token':
      return { method, token: config.getString('auth.token') };
    case 'approle':
      return {
        method,
        roleId: config.getString('auth.roleId'),
        secretId: config.getString('auth.secretId'),
        mount: readPlace(config, 'auth.mount', 'approle'),
      };
    case 'kubernetes':
      return {
        method,
        role: config.getString('auth.role'),
        jwtFile: config.getOptionalString('auth.jwtFile') ?? KUBERNETES_JWT,
        mount: readPlace(config, 'auth.mount', 'kubernetes'),
      };
    default:
      throw new Error(
        `${KEY}.auth.method is '${method}'; the methods are token, approle and kubernetes`,
      );
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = ['localhost', '127.0.0.1', '[::1]'];
  if (
    !url ||
    !['https:', 'http:'].includes(url.protocol) ||
    url.username ||
    url.search ||
    url.hash
  ) {
    throw new Error(
      `${KEY}.url is not the address of a server; write for example https://vault.example.com:8200`,
    );
  }
  if (url.protocol === 'http:' && !local.includes(url.hostname)) {
    throw new Error(
      `${KEY}.url would send secrets over the network unencrypted; use https`,
    );
  }
  return url;
}

/** Reads `agentic.vault`; `undefined` when there is none. Throws naming the key and the remedy. */
export function readVaultOptions(root: Config): VaultOptions | undefined {
  const config = root.getOptionalConfig(KEY);
  if (!config) {
    return undefined;
  }
  const caFile = config.getOptionalString('caFile');
  const seconds = config.getOptionalNumber('timeoutSeconds') ?? 10;
  if (!(seconds > 0)) {
    throw new Error(`${KEY}.timeoutSeconds is ${seconds}; give more than zero`);
  }
  return {
    url: readUrl(config.getString('url')),
    namespace: config.getOptionalString('namespace'),
    mount: readPlace(config, 'mount', 'secret'),
    pathPrefix: readPlace(config, 'pathPrefix', 'agentic'),
    ca: caFile === undefined ? undefined : readFileSync(caFile, 'utf8'),
    timeoutMs: seconds * 1000,
    ...(config.has('databaseMount') && {
      databaseMount: readPlace(config, 'databaseMount', 'database'),
    }),
    auth: readAuth(config),
  };
}
