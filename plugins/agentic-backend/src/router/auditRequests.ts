import type {
  AuditorService,
  AuditorServiceEvent,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type {
  ErrorRequestHandler,
  Request,
  RequestHandler,
  Response,
} from 'express';
import { operationOf } from './operationOf';

/** Read-only operations that let the log itself out of the house. */
const LETS_OUT = ['exportAudit', 'getChain', 'getWorkflowRecord'];

const EVENT = 'agenticAuditEvent';

/**
 * Tells Backstage's auditor of every request that changes something, or takes the audit log away:
 * `request-<operation>`, with who asks and from where. {@link auditFailures} has to stand behind
 * the routes. Only for requests whose credentials hold.
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
        severityLevel: 'medium',
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

/**
 * Tells the auditor that a request failed, one that only reads as well, and passes the error on.
 * Who tries tokens, ids and paths mostly reads.
 */
export function auditFailures(options: {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): ErrorRequestHandler {
  const { auditor, httpAuth, logger } = options;
  return async (error, req, res, next) => {
    try {
      const event =
        takeEvent(res) ?? (await eventOfFailure(auditor, httpAuth, req));
      await event?.fail({ error: plainError(error) });
    } catch (failure) {
      logger.warn('The auditor was not told', { error: String(failure) });
    }
    next(error);
  };
}

/** Without the fields that an HTTP error carries: its `status` would take the place of the event's own. */
function plainError(error: unknown): Error {
  const { name, message, stack } =
    error instanceof Error ? error : new Error(String(error));
  return Object.assign(new Error(message), { name, stack });
}

async function eventOfFailure(
  auditor: AuditorService,
  httpAuth: HttpAuthService,
  req: Request,
): Promise<AuditorServiceEvent | undefined> {
  const operation = operationOf(req.method, req.path);
  if (!operation) {
    return undefined;
  }
  const known = await httpAuth
    .credentials(req, { allow: ['user', 'service'] })
    .then(
      () => true,
      () => false,
    );
  return auditor.createEvent({
    eventId: `request-${toKebab(operation.id)}`,
    severityLevel: 'medium',
    // The auditor asks the request who sent it, which a token that is none does not answer.
    ...(known && { request: req }),
    meta: {
      operation: operation.id,
      ...(!known && {
        actor: 'anonymous',
        method: req.method,
        path: req.path,
        address: req.ip,
        userAgent: req.get('user-agent'),
      }),
    },
  });
}

function takeEvent(res: Response): AuditorServiceEvent | undefined {
  const event: AuditorServiceEvent | undefined = res.locals[EVENT];
  res.locals[EVENT] = undefined;
  return event;
}

function toKebab(id: string): string {
  return id.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
