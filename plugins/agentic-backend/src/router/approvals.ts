import {
  ApprovalStatus,
  approvalDecidePermission,
  approvalReadPermission,
  DecideApprovalRequest,
} from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import { z } from 'zod';
import type { ApprovalService } from '../service/ApprovalService';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';

const ListQuery = z
  .object({ status: ApprovalStatus, workflowId: z.string().max(40) })
  .partial()
  .strict();

/** `/approvals`: list, show, decide. Only a person's own credentials decide. */
export function addApprovalRoutes(
  router: Router,
  options: {
    access: Access;
    approvals: ApprovalService;
    readable: Readable;
  },
): void {
  const { access, approvals, readable } = options;

  router.get('/approvals', async (req, res) => {
    const credentials = await access.credentials(req);
    const query = parseOrRefuse(ListQuery, req.query, 'query');
    const visible = await access.visible(credentials, approvalReadPermission);
    const items = await approvals.list({ ...query, visible });
    res.json({ items });
  });

  router.get('/approvals/:id', async (req, res) => {
    const credentials = await access.credentials(req);
    const { approval } = await readable.approval(credentials, req.params.id);
    res.json(approval);
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
