import { SYSTEM_CHAIN } from '@agentic-backstage/plugin-agentic-common';
import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler, Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { actorOf } from './actorOf';
import { AnonymousRefusals } from './AnonymousRefusals';
import { operationOf } from './operationOf';

const MAX_MESSAGE_LENGTH = 500;

const TABLES: Readonly<
  Record<string, { name: string; workflow: string } | undefined>
> = {
  workflows: { name: 'workflows', workflow: 'id' },
  approvals: { name: 'approvals', workflow: 'workflow_id' },
  deployments: { name: 'deployments', workflow: 'workflow_id' },
};

/**
 * Puts every refused request that would have changed something on record, before it is answered:
 * who asked for what and why it was not done. A request that was refused is no less interesting
 * than one that was not. Those of nobody known stand in the chain of the portal, with their
 * address, as far as {@link AnonymousRefusals} lets them.
 */
export function recordRefusals(options: {
  httpAuth: HttpAuthService;
  knex: Knex;
  logger: LoggerService;
}): ErrorRequestHandler {
  const { httpAuth, knex, logger } = options;
  const anonymous = new AnonymousRefusals();

  const record = async (
    req: Request,
    operation: string,
    error: unknown,
  ): Promise<void> => {
    const actor = await senderOf(httpAuth, req);
    const address = ipKeyGenerator(req.ip ?? 'unknown');
    const leftOut =
      actor === 'anonymous' ? anonymous.take(address, Date.now()) : 0;
    if (leftOut === undefined) {
      return;
    }
    const chain =
      actor === 'anonymous' ? SYSTEM_CHAIN : await chainOf(knex, req);
    await knex.transaction(trx =>
      appendToRecord(trx, {
        chain,
        kind: 'request.refused',
        actor,
        subject: `operation:${operation}`,
        payload: {
          method: req.method,
          path: req.path.slice(0, MAX_MESSAGE_LENGTH),
          reason: error instanceof Error ? error.name : 'Error',
          message: String(error instanceof Error ? error.message : error).slice(
            0,
            MAX_MESSAGE_LENGTH,
          ),
          ...(actor === 'anonymous' && { address }),
          ...(leftOut > 0 && { leftOut }),
        },
      }),
    );
  };

  return async (error, req, _res, next) => {
    const operation = operationOf(req.method, req.path);
    if (operation?.changesState) {
      await record(req, operation.id, error).catch(failure =>
        // The refusal stands whether or not it could be put on record.
        logger.error(
          'A refused request could not be put on record',
          failure instanceof Error ? failure : { error: String(failure) },
        ),
      );
    }
    next(error);
  };
}

/** Who asks; `anonymous` too for somebody whose token says what cannot be believed. */
async function senderOf(
  httpAuth: HttpAuthService,
  req: Request,
): Promise<string> {
  try {
    return actorOf(
      await httpAuth.credentials(req, { allow: ['user', 'service', 'none'] }),
    );
  } catch {
    return 'anonymous';
  }
}

/** The workflow a request is about, where its path names something of one. */
async function chainOf(knex: Knex, req: Request): Promise<string> {
  const [, resource, id] = req.path.split('/');
  const table = TABLES[resource];
  if (!table || !id) {
    return SYSTEM_CHAIN;
  }
  const row = await knex(table.name)
    .where('id', id.slice(0, 100))
    .first({ workflow: table.workflow });
  return row?.workflow ?? SYSTEM_CHAIN;
}
