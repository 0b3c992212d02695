import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Request, RequestHandler } from 'express';
import { rateLimit, type Store } from 'express-rate-limit';
import { LimitReached } from './LimitReached';
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
 * is away lets requests pass.
 */
export function rateLimits(options: {
  httpAuth: HttpAuthService;
  rates: LimitsConfig['rates'];
  /** Counts state-changing requests; by default in memory. */
  store?: Store;
  logger: LoggerService;
}): RequestHandler[] {
  const { httpAuth, rates, store, logger } = options;
  const limiter = (settings: {
    limit: number;
    windowMs: number;
    what: string;
    skip: (req: Request) => boolean;
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
      logger: {
        error: (error, message) =>
          logger.warn(`Rate limit: ${message ?? ''} ${String(error)}`),
        warn: (error, message) =>
          logger.warn(`Rate limit: ${message ?? ''} ${String(error)}`),
      },
      handler: (_req, _res, next) => {
        const freesAt = new Date(
          (Math.floor(Date.now() / settings.windowMs) + 1) * settings.windowMs,
        ).toISOString();
        next(
          new LimitReached(
            `You may send ${settings.limit} ${settings.what}; wait until ${freesAt} and send the request again`,
            freesAt,
          ),
        );
      },
    });
  return [
    limiter({
      limit: rates.requestsPerSecond,
      windowMs: 1000,
      what: 'requests a second',
      skip: () => false,
    }),
    limiter({
      limit: rates.writesPerMinute,
      windowMs: 60_000,
      what: 'state-changing requests a minute',
      skip: req => READS.includes(req.method),
      store,
    }),
  ];
}
