import {
  ReviseWorkflowRequest,
  workflowControlPermission,
  workflowCreatePermission,
} from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import type { ReviseService } from '../service/ReviseService';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';

/** `/workflows/:id/revise`: change what was asked for, while nothing has been carried out. Only for who asked. */
export function addRevisionRoutes(
  router: Router,
  options: { access: Access; readable: Readable; revisions: ReviseService },
): void {
  const { access, readable, revisions } = options;

  router.post('/workflows/:id/revise', async (req, res) => {
    const { credentials, requester } = await access.requester(req);
    const stored = await readable.workflow(credentials, req.params.id);
    // A revision plans anew, so it takes what starting a workflow takes.
    await access.require(credentials, workflowCreatePermission);
    await access.requireFor(credentials, workflowControlPermission, stored.row);
    const request = parseOrRefuse(ReviseWorkflowRequest, req.body);
    const revision = await readable.naming(credentials, () =>
      revisions.revise(stored, request, requester),
    );
    res.status(202).json(revision);
  });
}
