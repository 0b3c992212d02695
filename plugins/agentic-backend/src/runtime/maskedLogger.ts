import { cleanLine } from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { redactDeep, redact } from './redact';

/** A logger that takes secrets out of what it is told, and cannot be made to write a second line. */
export function maskedLogger(logger: LoggerService): LoggerService {
  const speak =
    (level: 'error' | 'warn' | 'info' | 'debug'): LoggerService['info'] =>
    (message, meta) =>
      logger[level](
        cleanLine(redact(message)),
        meta instanceof Error ? redacted(meta) : meta && redactDeep(meta),
      );
  return {
    error: speak('error'),
    warn: speak('warn'),
    info: speak('info'),
    debug: speak('debug'),
    child: meta => maskedLogger(logger.child(redactDeep(meta))),
  };
}

function redacted(error: Error): Error {
  const copy = new Error(cleanLine(redact(error.message)));
  copy.name = error.name;
  copy.stack = error.stack && redact(error.stack);
  return copy;
}
