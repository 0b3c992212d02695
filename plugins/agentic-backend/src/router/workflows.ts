import {
  approvalReadPermission,
  artifactReadPermission,
  ControlRequest,
  CreateWorkflowRequest,
  deploymentReadPermission,
  policyReadPermission,
  RetryRequest,
  SYSTEM_CHAIN,
  WorkflowPhase,
  WorkflowStatus,
  workflowControlPermission,
  workflowCreatePermission,
  workflowReadPermission,
  type CreateWorkflowResponse,
  statusOfPhase,
  type WorkflowPage,
} from '@agentic-backstage/plugin-agentic-common';
import type { AgenticRecords } from '@agentic-backstage/plugin-agentic-node';
import { NotAllowedError } from '@backstage/errors';
import type { Router } from 'express';
import { z } from 'zod';
import { recordAlone } from '../changeRecord/ChangeRecord';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { DatabaseArtifacts } from '../database/DatabaseArtifacts';
import type { WorkflowList } from '../database/WorkflowList';
import type { StoredWorkflow } from '../database/WorkflowStore';
import { checkMayOperate, mayOperate } from '../environments/checkEnvironment';
import type { EnvironmentRules } from '../environments/EnvironmentRules';
import { toSummary, toTaskViews, toWorkflow } from '../service/views';
import { visibleParts } from '../service/visibleParts';
import type { Requester, WorkflowService } from '../service/WorkflowService';
import type { Access } from './access';
import { decodeCursor, encodeCursor } from './keysetCursor';
import { accepting } from '../telemetry/accepting';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';
import { wholeNumber } from './wholeNumber';

/** A query parameter that may be given several times. */
const OneOrMore = z
  .union([z.string().max(255), z.array(z.string().max(255)).max(100)])
  .transform(value => (Array.isArray(value) ? value : [value]));

const ListQuery = z
  .object({
    status: WorkflowStatus,
    phase: WorkflowPhase,
    requestedBy: z.string().max(255),
    owner: OneOrMore,
    service: z.string().max(63),
    environment: z.string().max(63),
    template: z.string().max(100),
    limit: wholeNumber({ min: 1, max: 100 }),
    cursor: z.string().max(200),
  })
  .partial()
  .strict();

function phasesOf(
  query: z.infer<typeof ListQuery>,
): WorkflowPhase[] | undefined {
  if (query.phase) return [query.phase];
  return query.status
    ? WorkflowPhase.options.filter(
        phase => statusOfPhase(phase) === query.status,
      )
    : undefined;
}

/** `requestedBy` must name the person who is signed in: by entity ref, by name, or by e-mail address. */
function checkRequestedBy(
  requestedBy: string | undefined,
  person: Requester,
  email: string | undefined,
): void {
  if (requestedBy === undefined) {
    return;
  }
  const [, name] = person.userEntityRef.split('/');
  const own = [person.userEntityRef, name, `user:${name}`, email].map(text =>
    text?.toLowerCase(),
  );
  if (!own.includes(requestedBy.toLowerCase())) {
    throw new NotAllowedError(
      `requestedBy is '${requestedBy.slice(0, 100)}', but you are ${
        person.userEntityRef
      }; leave it out or name yourself`,
    );
  }
}

/** `/workflows`: start, list, show, pause, resume, cancel, retry. */
export function addWorkflowRoutes(
  router: Router,
  options: {
    access: Access;
    readable: Readable;
    rules: EnvironmentRules;
    service: WorkflowService;
    list: WorkflowList;
    database: AgenticDatabase;
    artifacts: DatabaseArtifacts;
    records: AgenticRecords;
    emailOf: (userEntityRef: string) => Promise<string | undefined>;
  },
): void {
  const {
    access,
    readable,
    rules,
    service,
    list,
    database,
    artifacts,
    records,
  } = options;

  router.post('/workflows', async (req, res) => {
    const credentials = await access.credentials(req);
    await access.require(credentials, workflowCreatePermission);
    const request = parseOrRefuse(CreateWorkflowRequest, req.body);
    const { requester } = await access.requester(req, request.requestedBy);
    if (!requester.machine) {
      checkRequestedBy(
        request.requestedBy,
        requester,
        request.requestedBy?.includes('@')
          ? await options.emailOf(requester.userEntityRef)
          : undefined,
      );
    }
    if (request.dryRun) {
      const plan = await readable.naming(credentials, () =>
        service.preview(request, requester),
      );
      await recordAlone(database.knex, {
        chain: SYSTEM_CHAIN,
        kind: 'request.previewed',
        actor: requester.userEntityRef,
        subject: `plan:${plan.planHash}`,
        payload: { template: plan.template, intent: plan.intent },
      });
      res.json({ plan });
      return;
    }
    const { stored, created } = await readable.naming(credentials, () =>
      accepting(() => service.create(request, requester)),
    );
    res.status(created ? 201 : 200).json(toCreated(stored));
  });

  router.get('/workflows', async (req, res) => {
    const credentials = await access.credentials(req);
    const query = parseOrRefuse(ListQuery, req.query, 'query');
    const visible = await access.visible(credentials, workflowReadPermission);
    const limit = query.limit ?? 20;
    const { rows, total } = await list.page({
      filter: {
        phases: phasesOf(query),
        requestedBy: query.requestedBy,
        owners: query.owner,
        serviceName: query.service,
        environment: query.environment,
        template: query.template,
      },
      visible,
      limit: limit + 1,
      after: query.cursor ? decodeCursor(query.cursor) : undefined,
    });
    const page = rows.slice(0, limit);
    const counts = await list.taskCounts(page.map(row => row.id));
    const last = page[page.length - 1];
    const answer: WorkflowPage = {
      items: page.map(row => toSummary(row, counts.get(row.id))),
      totalItems: total,
      nextCursor:
        rows.length > limit
          ? encodeCursor({ createdAt: last.created_at, id: last.id })
          : undefined,
    };
    res.json(answer);
  });

  router.get('/workflows/:id', async (req, res) => {
    const { credentials, requester } = await access.requester(req);
    const stored = await readable.workflow(credentials, req.params.id);
    const [mayControl, ...parts] = await access.allowsEach(
      credentials,
      [
        workflowControlPermission,
        approvalReadPermission,
        artifactReadPermission,
        deploymentReadPermission,
        policyReadPermission,
      ],
      stored.row,
    );
    const workflow = await toWorkflow({
      database,
      artifacts,
      records,
      stored,
      mayControl,
      mayOperate: mayOperate(rules, stored.row, requester),
      isRequester: requester.userEntityRef === stored.row.requested_by,
    });
    res.json(
      visibleParts(workflow, {
        approvals: parts[0],
        artifacts: parts[1],
        deployments: parts[2],
        verdicts: parts[3],
      }),
    );
  });

  for (const action of ['pause', 'resume', 'cancel'] as const) {
    router.post(`/workflows/:id/${action}`, async (req, res) => {
      const { credentials, requester } = await access.requester(req);
      const { row } = await readable.workflow(credentials, req.params.id);
      await access.requireFor(credentials, workflowControlPermission, row);
      if (action === 'resume') {
        checkMayOperate(rules, row, requester);
      }
      const { reason } = parseOrRefuse(ControlRequest, req.body);
      await service[action](row.id, requester.userEntityRef, reason);
      res.status(202).json(toCreated(await service.get(row.id)));
    });
  }

  router.post('/workflows/:id/retry', async (req, res) => {
    const { credentials, requester } = await access.requester(req);
    const { row } = await readable.workflow(credentials, req.params.id);
    await access.requireFor(credentials, workflowControlPermission, row);
    checkMayOperate(rules, row, requester);
    const request = parseOrRefuse(RetryRequest, req.body);
    await readable.naming(credentials, () =>
      service.retry(row.id, requester.userEntityRef, request),
    );
    res.status(202).json(toCreated(await service.get(row.id)));
  });

  router.get('/workflows/:id/files/:artifactId', async (req, res) => {
    const credentials = await access.credentials(req);
    const row = await readable.filesOf(
      credentials,
      req.params.id,
      req.params.artifactId,
    );
    const { path } = parseOrRefuse(
      z.object({ path: z.string().min(1).max(400) }).strict(),
      req.query,
      'query',
    );
    res.json(await artifacts.file(row.id, req.params.artifactId, path));
  });
}

function toCreated(stored: StoredWorkflow): CreateWorkflowResponse {
  return {
    workflowId: stored.row.id,
    status:
      stored.row.phase === 'pending'
        ? 'in_progress'
        : statusOfPhase(stored.row.phase),
    phase: stored.row.phase,
    tasks: toTaskViews(stored),
  };
}
