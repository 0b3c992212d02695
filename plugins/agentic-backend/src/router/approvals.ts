import {
  ApprovalInboxQuery,
  ApprovalStatus,
  approvalDecidePermission,
  approvalReadPermission,
  DecideApprovalRequest,
  SeeApprovalRequest,
} from '@agentic-backstage/plugin-agentic-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Router } from 'express';
import { z } from 'zod';
import type { MayDecide } from '../service/approvalInbox';
import type { ApprovalService } from '../service/ApprovalService';
import type { Access } from './access';
import { decodeCursor, encodeCursor } from './keysetCursor';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';
import { wholeNumber } from './wholeNumber';

const ListQuery = z
  .object({
    status: ApprovalStatus,
    workflowId: z.string().max(40),
    limit: wholeNumber({ min: 1, max: 100 }),
    cursor: z.string().max(200),
  })
  .partial()
  .strict();

const StatisticsQuery = z
  .object({ days: wholeNumber({ min: 1, max: 366 }).default(30) })
  .strict();

/** `/approvals`: inbox, list, show, look at, decide, count. Only a person's own credentials decide. */
export function addApprovalRoutes(
  router: Router,
  options: {
    access: Access;
    approvals: ApprovalService;
    readable: Readable;
  },
): void {
  const { access, approvals, readable } = options;

  /** To whom nothing may be decided, the inbox shows the same as before, under other headings. */
  const mayDecide = async (
    credentials: BackstageCredentials,
  ): Promise<MayDecide> => {
    try {
      return {
        narrow: await access.visible(credentials, approvalDecidePermission),
      };
    } catch (error) {
      if (error instanceof NotAllowedError) return undefined;
      throw error;
    }
  };

  router.get('/approvals', async (req, res) => {
    const credentials = await access.credentials(req);
    const query = parseOrRefuse(ListQuery, req.query, 'query');
    const visible = await access.visible(credentials, approvalReadPermission);
    const { limit = 50, cursor, ...filter } = query;
    res.json(
      await approvals.page({
        filter: { ...filter, visible },
        limit,
        after: cursor === undefined ? undefined : decodeCursor(cursor),
        toCursor: encodeCursor,
      }),
    );
  });

  router.get('/approvals/inbox', async (req, res) => {
    const credentials = await access.credentials(req);
    const query = parseOrRefuse(ApprovalInboxQuery, req.query, 'query');
    const visible = await access.visible(credentials, approvalReadPermission);
    const reader = isUser(credentials)
      ? (await access.person(req)).person
      : undefined;
    res.json(
      await approvals.inbox({
        query,
        visible,
        reader,
        mayDecide: await mayDecide(credentials),
      }),
    );
  });

  router.get('/approvals/statistics', async (req, res) => {
    const credentials = await access.credentials(req);
    const { days } = parseOrRefuse(StatisticsQuery, req.query, 'query');
    const visible = await access.visible(credentials, approvalReadPermission);
    const reader = isUser(credentials)
      ? (await access.person(req)).person
      : undefined;
    res.json(await approvals.statistics({ days, visible, reader }));
  });

  router.get('/approvals/:id', async (req, res) => {
    const credentials = await access.credentials(req);
    const { approval } = await readable.approval(credentials, req.params.id);
    res.json(approval);
  });

  router.post('/approvals/:id/seen', async (req, res) => {
    const { credentials, person } = await access.personThemselves(req);
    const { approval } = await readable.approval(credentials, req.params.id);
    const { details } = parseOrRefuse(SeeApprovalRequest, req.body);
    await approvals.see(approval.approvalId, person, details);
    res.status(204).end();
  });

  router.post('/approvals/:id/decision', async (req, res) => {
    const { credentials, person } = await access.personThemselves(req);
    const { approval, row } = await readable.approval(
      credentials,
      req.params.id,
    );
    await access.requireFor(credentials, approvalDecidePermission, row);
    const request = parseOrRefuse(DecideApprovalRequest, req.body);
    res.json(await approvals.decide(approval.approvalId, request, person));
  });
}

function isUser({ principal }: BackstageCredentials): boolean {
  return (
    typeof principal === 'object' &&
    principal !== null &&
    'type' in principal &&
    principal.type === 'user'
  );
}
