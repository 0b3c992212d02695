import type { SearchableWorkflowPage } from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import { z } from 'zod';
import type { WorkflowList } from '../database/WorkflowList';
import type { Access } from './access';
import { decodeCursor, encodeCursor } from './keysetCursor';
import { parseOrRefuse } from './parseBody';

const PAGE_SIZE = 500;
const Query = z.object({ cursor: z.string().max(200).optional() }).strict();

/** `/searchable-workflows`: what the search module indexes. Only for the search plugin, which asks for the permission of each reader. */
export function addSearchableWorkflowRoutes(
  router: Router,
  options: { access: Access; list: WorkflowList },
): void {
  const { access, list } = options;
  router.get('/searchable-workflows', async (req, res) => {
    await access.plugin(req, 'search');
    const { cursor } = parseOrRefuse(Query, req.query, 'query');
    const rows = await list.newest({
      limit: PAGE_SIZE,
      after: cursor ? decodeCursor(cursor) : undefined,
    });
    const last = rows[PAGE_SIZE - 1];
    const answer: SearchableWorkflowPage = {
      items: rows.map(row => ({
        workflowId: row.id,
        serviceName: row.service_name,
        template: row.template,
        description: row.description ?? undefined,
        phase: row.phase,
        environment: row.environment,
        owner: row.owner,
        requestedBy: row.requested_by,
        createdAt: row.created_at,
      })),
      nextCursor:
        last && encodeCursor({ createdAt: last.created_at, id: last.id }),
    };
    res.json(answer);
  });
}
