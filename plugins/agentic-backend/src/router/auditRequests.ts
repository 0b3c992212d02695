import type {
  AuditorService,
  AuditorServiceEvent,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { operationOf } from './operationOf';

/** Read-only operations that let the log itself out of the house. */
const LETS_OUT = ['exportAudit', 'getChain', 'getWorkflowRecord'];

const EVENT = 'agenticAuditEvent';

/**
 * Tells Backstage's auditor of every request that changes something, or takes the audit log away:
 * `request-<operation>`, with who asks and from where. {@link auditFailures} has to stand behind the routes.
 */
export function auditRequests(options: {
  auditor: AuditorService;
  logger: LoggerService;
}): RequestHandler {
  return async (req, res, next) => {
    const operation = operationOf(req.method, req.path);
    if (
      operation &&
      (operation.changesState || LETS_OUT.includes(operation.id))
    ) {
      const event = await options.auditor.createEvent({
        eventId: `request-${toKebab(operation.id)}`,
        severityLevel: operation.changesState ? 'medium' : 'low',
        request: req,
        meta: { operation: operation.id },
      });
      res.locals[EVENT] = event;
      res.once('finish', () => {
        if (res.locals[EVENT]) {
          event
            .success({ meta: { status: res.statusCode } })
            .catch((error: unknown) =>
              options.logger.warn('The auditor was not told', {
                error: String(error),
              }),
            );
        }
      });
    }
    next();
  };
}

/** Tells the auditor that a request failed, and passes the error on. */
export const auditFailures: ErrorRequestHandler = async (
  error,
  _req,
  res,
  next,
) => {
  const event = takeEvent(res);
  await event
    ?.fail({ error: error instanceof Error ? error : new Error(String(error)) })
    .catch(() => undefined);
  next(error);
};

function takeEvent(res: Response): AuditorServiceEvent | undefined {
  const event: AuditorServiceEvent | undefined = res.locals[EVENT];
  res.locals[EVENT] = undefined;
  return event;
}

function toKebab(id: string): string {
  return id.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
