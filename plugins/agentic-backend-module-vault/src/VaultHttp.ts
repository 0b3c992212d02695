import { ServiceUnavailableError } from '@backstage/errors';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { z } from 'zod';
import type { VaultOptions } from './readVaultOptions';

/** What Vault answered. */
export interface VaultAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What Vault says went wrong. */
  readonly errors: readonly string[];
}

/** One request to Vault. */
export interface VaultRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/v1/`, encoded. */
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
}

const MAX_BYTES = 4 * 1024 * 1024;
const Errors = z.object({ errors: z.array(z.string()) });

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Speaks HTTP with Vault: its own certificate authority, a time limit, no redirects (the token would
 * go with them). Throws `ServiceUnavailableError` when there is no answer, and never says what was sent.
 */
export class VaultHttp {
  readonly #options: Pick<
    VaultOptions,
    'url' | 'namespace' | 'ca' | 'timeoutMs'
  >;

  constructor(
    options: Pick<VaultOptions, 'url' | 'namespace' | 'ca' | 'timeoutMs'>,
  ) {
    this.#options = options;
  }

  async send({
    method,
    path,
    token,
    body,
  }: VaultRequest): Promise<VaultAnswer> {
    const { url, namespace, ca, timeoutMs } = this.#options;
    const target = new URL(
      `${url.pathname.replace(/\/$/, '')}/v1/${path}`,
      url,
    );
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const { status, text } = await new Promise<{
      status: number;
      text: string;
    }>((resolve, reject) => {
      const request = send(
        target,
        {
          method,
          ca,
          agent: false,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            Accept: 'application/json',
            'X-Vault-Request': 'true',
            ...(token !== undefined && { 'X-Vault-Token': token }),
            ...(namespace !== undefined && { 'X-Vault-Namespace': namespace }),
            ...(payload !== undefined && {
              'Content-Type': 'application/json',
              'Content-Length': Buffer.byteLength(payload),
            }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > MAX_BYTES) {
              request.destroy(new Error('the answer is too large'));
            }
            chunks.push(chunk);
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(payload);
    }).catch((error: Error) => {
      const why =
        error.name === 'TimeoutError' || error.name === 'AbortError'
          ? `it did not answer within ${timeoutMs / 1000} s`
          : error.message;
      throw new ServiceUnavailableError(
        `Vault at ${url.origin} could not be asked: ${why}`,
      );
    });
    const answer = parse(text);
    const errors = Errors.safeParse(answer);
    return {
      status,
      body: answer,
      errors: errors.success
        ? errors.data.errors.map(error => error.slice(0, 300))
        : [],
    };
  }
}
