import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DBOSConfig } from '@dbos-inc/dbos-sdk';

type DbosLogger = NonNullable<DBOSConfig['logger']>;

const LONGEST_LINE = 2000;

/**
 * DBOS's log lines in ours: its info is our debug, because it speaks of its own machinery, and once
 * `isStopping` says so its warnings are too, because then it reports every waiting run as abandoned.
 */
export function engineLogger(
  logger: LoggerService,
  isStopping: () => boolean,
): DbosLogger {
  const text = (entry: unknown) => String(entry).slice(0, LONGEST_LINE);
  return {
    debug: entry => logger.debug(text(entry)),
    info: entry => logger.debug(text(entry)),
    warn: entry =>
      isStopping() ? logger.debug(text(entry)) : logger.warn(text(entry)),
    error: (entry, metadata) =>
      isStopping()
        ? logger.debug(text(entry))
        : logger.error(text(metadata?.stack ?? entry)),
  };
}
