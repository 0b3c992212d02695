import type { LoggerService } from '@backstage/backend-plugin-api';
import { workFields } from './WorkContext';

/** A logger whose lines say which request, workflow, task and trace they belong to. */
export function correlatedLogger(logger: LoggerService): LoggerService {
  const speak =
    (level: 'error' | 'warn' | 'info' | 'debug'): LoggerService['info'] =>
    (message, meta) => {
      const fields = workFields();
      if (!fields) {
        logger[level](message, meta);
      } else if (meta instanceof Error) {
        logger.child(fields)[level](message, meta);
      } else {
        logger[level](message, { ...fields, ...meta });
      }
    };
  return {
    error: speak('error'),
    warn: speak('warn'),
    info: speak('info'),
    debug: speak('debug'),
    child: meta => correlatedLogger(logger.child(meta)),
  };
}
