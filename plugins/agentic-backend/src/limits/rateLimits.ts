import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { SYSTEM_CHAIN } from '@agentic-backstage/plugin-agentic-common';
import type { Request, RequestHandler } from 'express';
import {
  rateLimit,
  type AugmentedRequest,
  type Store,
} from 'express-rate-limit';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import type { LimitsConfig } from './limitsConfig';
import { principalKey } from './principalKey';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Health answers whoever asks, or a busy portal would look like a dead one. */
function isHealth(req: Request): boolean {
  return req.path === '/health' || /^\/agents\/[^/]+\/health$/.test(req.path);
}

/**
 * Refuses requests of a principal that sends too many: all requests by the second, counted on each
 * replica, and state-changing ones by the minute, counted by `store` over all replicas. A store that
 * is away lets requests pass. The first refusal of a state-changing request in a minute is put on
 * record; the others are only answered, so that a flood costs nothing but itself.
 */
export function rateLimits(options: {
  httpAuth: HttpAuthService;
  rates: LimitsConfig['rates'];
  /** Counts state-changing requests; by default in memory. */
  store?: Store;
  knex: Knex;
  logger: LoggerService;
}): RequestHandler[] {
  const { httpAuth, rates, store, knex, logger } = options;
  const warn = (error: unknown, message?: string): void =>
    logger.warn(`Rate limit: ${message ?? ''} ${String(error)}`);

  const record = async (req: Request, what: string): Promise<void> => {
    const actor = await principalKey(httpAuth, req);
    await knex.transaction(trx =>
      appendToRecord(trx, {
        chain: SYSTEM_CHAIN,
        kind: 'limit.reached',
        actor,
        subject: `rate:${actor}`,
        payload: { limit: what, method: req.method },
      }),
    );
  };

  const limiter = (settings: {
    limit: number;
    windowMs: number;
    what: string;
    skip: (req: Request) => boolean;
    recorded: boolean;
    store?: Store;
  }): RequestHandler =>
    rateLimit({
      windowMs: settings.windowMs,
      limit: settings.limit,
      skip: req => isHealth(req) || settings.skip(req),
      keyGenerator: req => principalKey(httpAuth, req),
      ...(settings.store && { store: settings.store }),
      passOnStoreError: true,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      // Backstage sets `trust proxy` at its root; here the address is only the last resort.
      validate: { trustProxy: false, xForwardedForHeader: false },
      logger: { error: warn, warn },
      handler: (req, res) => {
        const { rateLimit: counted } = req as AugmentedRequest;
        const name = 'LimitReachedError';
        const message = `You may send ${settings.limit} ${settings.what}; wait for the time that Retry-After says and send the request again`;
        res.status(429).json({
          error: { name, message },
          request: { method: req.method, url: req.originalUrl },
          response: { statusCode: 429 },
        });
        if (settings.recorded && counted.used === settings.limit + 1) {
          record(req, settings.what).catch(error => warn(error, 'record'));
        }
      },
    });
  return [
    limiter({
      limit: rates.requestsPerSecond,
      windowMs: 1000,
      what: 'requests a second',
      skip: () => false,
      recorded: false,
    }),
    limiter({
      limit: rates.writesPerMinute,
      windowMs: 60_000,
      what: 'state-changing requests a minute',
      skip: req => READS.includes(req.method),
      recorded: true,
      store,
    }),
  ];
}
