import {
  AcknowledgeIncidentRequest,
  AssignIncidentRequest,
  incidentManagePermission,
  incidentReadPermission,
  IncidentSeverity,
  IncidentSource,
  IncidentStatus,
  IncidentTextRequest,
  OpenIncidentRequest,
} from '@agentic-backstage/plugin-agentic-common';
import type { Request, Router } from 'express';
import { z } from 'zod';
import type { IncidentService } from '../incidents/IncidentService';
import type { Access } from './access';
import { decodeCursor, encodeCursor } from './keysetCursor';
import { parseOrRefuse } from './parseBody';
import { wholeNumber } from './wholeNumber';

const ListQuery = z
  .object({
    status: z.enum([...IncidentStatus.options, 'unresolved']),
    severity: IncidentSeverity,
    source: IncidentSource,
    service: z.string().max(63),
    workflowId: z.string().max(40),
    limit: wholeNumber({ min: 1, max: 100 }),
    cursor: z.string().max(200),
  })
  .partial()
  .strict();

/** `/incidents`: see what went wrong, open one by hand, take it and say how far it is. */
export function addIncidentRoutes(
  router: Router,
  options: { access: Access; incidents: IncidentService },
): void {
  const { access, incidents } = options;

  /** Whoever may see incidents; without the permission nobody learns which there are. */
  async function reader(req: Request): Promise<void> {
    const credentials = await access.credentials(req);
    await access.require(credentials, incidentReadPermission);
  }

  /** Who does something about an incident, as a person or a machine. */
  async function manager(req: Request): Promise<string> {
    const { credentials, requester } = await access.requester(req);
    await access.require(credentials, incidentManagePermission);
    return requester.userEntityRef;
  }

  router.get('/incidents', async (req, res) => {
    await reader(req);
    const query = parseOrRefuse(ListQuery, req.query, 'query');
    const { limit = 25, cursor, ...filter } = query;
    res.json(
      await incidents.page({
        filter,
        limit,
        after: cursor === undefined ? undefined : decodeCursor(cursor),
        toCursor: encodeCursor,
      }),
    );
  });

  router.post('/incidents', async (req, res) => {
    const actor = await manager(req);
    const request = parseOrRefuse(OpenIncidentRequest, req.body);
    res.status(201).json(await incidents.open(request, actor));
  });

  router.get('/incidents/:id', async (req, res) => {
    await reader(req);
    res.json(await incidents.get(req.params.id));
  });

  router.post('/incidents/:id/acknowledge', async (req, res) => {
    const actor = await manager(req);
    const { comment } = parseOrRefuse(AcknowledgeIncidentRequest, req.body);
    res.json(await incidents.acknowledge(req.params.id, actor, comment));
  });

  router.post('/incidents/:id/assign', async (req, res) => {
    const actor = await manager(req);
    const wish = parseOrRefuse(AssignIncidentRequest, req.body);
    res.json(await incidents.assign(req.params.id, actor, wish));
  });

  router.post('/incidents/:id/comment', async (req, res) => {
    const actor = await manager(req);
    const { text } = parseOrRefuse(IncidentTextRequest, req.body);
    res.json(await incidents.comment(req.params.id, actor, text));
  });

  router.post('/incidents/:id/mitigate', async (req, res) => {
    const actor = await manager(req);
    const { text } = parseOrRefuse(IncidentTextRequest, req.body);
    res.json(await incidents.mitigate(req.params.id, actor, text));
  });

  router.post('/incidents/:id/resolve', async (req, res) => {
    const actor = await manager(req);
    const { text } = parseOrRefuse(IncidentTextRequest, req.body);
    res.json(await incidents.resolve(req.params.id, actor, text));
  });
}
