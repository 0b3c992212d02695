import {
  operationsReadPermission,
  workflowReadPermission,
} from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import { z } from 'zod';
import type { LimitsService } from '../limits/LimitsService';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';

const LimitsQuery = z
  .object({ workflowId: z.string().max(40) })
  .partial()
  .strict();

/** `/limits`: what is allowed and what is used, of oneself, one's teams and the runs one may see. */
export function addLimitRoutes(
  router: Router,
  options: { access: Access; limits: LimitsService },
): void {
  const { access, limits } = options;

  router.get('/limits', async (req, res) => {
    const { credentials, requester } = await access.requester(req);
    const { workflowId } = parseOrRefuse(LimitsQuery, req.query, 'query');
    const groups = requester.ownershipEntityRefs.filter(ref =>
      ref.startsWith('group:'),
    );
    const seesAllTeams = await access.holds(
      credentials,
      operationsReadPermission,
    );
    res.json(
      await limits.report({
        principal: requester.userEntityRef,
        teams: seesAllTeams ? 'all' : groups,
        visible: await access.visible(credentials, workflowReadPermission),
        workflowId,
      }),
    );
  });
}
