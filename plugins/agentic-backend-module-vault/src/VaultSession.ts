import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { VaultAuth, VaultOptions } from './readVaultOptions';
import { VaultHttp, type VaultAnswer, type VaultRequest } from './VaultHttp';

const Login = z.object({
  auth: z.object({
    client_token: z.string(),
    lease_duration: z.number(),
    renewable: z.boolean(),
  }),
});
const Lookup = z.object({
  data: z.object({ ttl: z.number(), renewable: z.boolean().default(false) }),
});

interface Token {
  readonly value: string;
  /** 0 for a token that does not end. */
  readonly seconds: number;
  readonly renewable: boolean;
}

const MIN_RENEWAL_MS = 1_000;
const MAX_TIMER_MS = 2_147_000_000;

/**
 * Talks to Vault as somebody: logs in when it is first needed, renews the token after two thirds of
 * its time, logs in again when it was taken away, and turns answers into errors.
 */
export class VaultSession {
  readonly #http: VaultHttp;
  readonly #auth: VaultAuth;
  #token: Promise<Token> | undefined;
  #renewal: NodeJS.Timeout | undefined;

  constructor(options: VaultOptions) {
    this.#http = new VaultHttp(options);
    this.#auth = options.auth;
  }

  /** Asks Vault. Answers with status 2xx, 400 and 404 are handed on; everything else is thrown. */
  async ask(
    request: Omit<VaultRequest, 'token'>,
    about: string,
  ): Promise<VaultAnswer> {
    const token = await this.#current();
    let answer = await this.#http.send({ ...request, token: token.value });
    if (answer.status === 403 && this.#auth.method !== 'token') {
      // Taken away or ended: a new one shows whether it was that, or the policy.
      this.#forget();
      const { value } = await this.#current();
      answer = await this.#http.send({ ...request, token: value });
    }
    if (answer.status < 300 || [400, 404].includes(answer.status)) {
      return answer;
    }
    const why = answer.errors.join('; ') || `it answered ${answer.status}`;
    if (answer.status === 403) {
      throw new NotAllowedError(
        `Vault refuses ${about}: ${why}; check the policies of the ${
          this.#auth.method === 'token' ? 'token' : 'role'
        }`,
      );
    }
    throw new ServiceUnavailableError(`Vault cannot ${about} now: ${why}`);
  }

  /** Whether Vault can be used now, in words when it cannot. */
  async problem(): Promise<string | undefined> {
    try {
      await this.#current();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** No more renewals. */
  close(): void {
    clearTimeout(this.#renewal);
  }

  async #current(): Promise<Token> {
    this.#token ??= this.#login();
    const token = this.#token;
    try {
      return await token;
    } catch (error) {
      if (this.#token === token) {
        this.#token = undefined;
      }
      throw error;
    }
  }

  #forget(): void {
    clearTimeout(this.#renewal);
    this.#token = undefined;
  }

  async #login(): Promise<Token> {
    const token = await this.#obtain();
    this.#scheduleRenewal(token);
    return token;
  }

  async #obtain(): Promise<Token> {
    const auth = this.#auth;
    if (auth.method === 'token') {
      const answer = await this.#http.send({
        method: 'GET',
        path: 'auth/token/lookup-self',
        token: auth.token,
      });
      const { ttl, renewable } = read(
        Lookup,
        answer,
        'agentic.vault.auth',
      ).data;
      return { value: auth.token, seconds: ttl, renewable };
    }
    const body =
      auth.method === 'approle'
        ? { role_id: auth.roleId, secret_id: auth.secretId }
        : { role: auth.role, jwt: await readJwt(auth.jwtFile) };
    const answer = await this.#http.send({
      method: 'POST',
      path: `auth/${auth.mount}/login`,
      body,
    });
    const login = read(Login, answer, 'agentic.vault.auth').auth;
    return {
      value: login.client_token,
      seconds: login.lease_duration,
      renewable: login.renewable,
    };
  }

  #scheduleRenewal(token: Token): void {
    clearTimeout(this.#renewal);
    if (token.seconds <= 0) {
      return;
    }
    const wait = Math.max(MIN_RENEWAL_MS, token.seconds * 1000 * (2 / 3));
    this.#renewal = setTimeout(() => {
      this.#renew(token).catch(() => {
        // The next request logs in, or says why it cannot.
        this.#forget();
      });
    }, Math.min(wait, MAX_TIMER_MS));
    this.#renewal.unref();
  }

  async #renew(token: Token): Promise<void> {
    if (!token.renewable) {
      this.#forget();
      return;
    }
    const answer = await this.#http.send({
      method: 'POST',
      path: 'auth/token/renew-self',
      token: token.value,
      body: {},
    });
    const { lease_duration: seconds, renewable } = read(
      Login,
      answer,
      'the token',
    ).auth;
    const renewed = { ...token, seconds, renewable };
    this.#token = Promise.resolve(renewed);
    this.#scheduleRenewal(renewed);
  }
}

function read<T>(schema: z.ZodType<T>, answer: VaultAnswer, what: string): T {
  if (answer.status >= 500 || answer.status === 429) {
    throw new ServiceUnavailableError(
      `Vault cannot log in now: ${
        answer.errors.join('; ') || `it answered ${answer.status}`
      }`,
    );
  }
  const parsed = schema.safeParse(answer.body);
  if (answer.status >= 300 || !parsed.success) {
    throw new NotAllowedError(
      `Vault does not accept ${what}: ${
        answer.errors.join('; ') || `it answered ${answer.status}`
      }`,
    );
  }
  return parsed.data;
}

async function readJwt(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new NotFoundError(
      `The token of the service account cannot be read: ${
        (error as Error).message
      }; set agentic.vault.auth.jwtFile`,
    );
  }
}
