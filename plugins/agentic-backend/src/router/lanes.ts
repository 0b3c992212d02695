import {
  agentPromotePermission,
  agentReadPermission,
  ChangeLaneRequest,
  type AgentLanes,
} from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import type { Lanes } from '../lanes/Lanes';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';

/** `/agents/:id/lanes` and `/agents/:id/lane`: how far an agent is let. Only people promote and demote. */
export function addLaneRoutes(
  router: Router,
  options: { access: Access; readable: Readable; lanes: Lanes },
): void {
  const { access, readable, lanes } = options;

  router.get('/agents/:id/lanes', async (req, res) => {
    const credentials = await access.credentials(req);
    await access.require(credentials, agentReadPermission);
    const answer: AgentLanes = await lanes.of(req.params.id);
    res.json(answer);
  });

  router.post('/agents/:id/lane', async (req, res) => {
    const { credentials, person } = await access.personThemselves(req);
    await access.require(credentials, agentPromotePermission);
    const request = parseOrRefuse(ChangeLaneRequest, req.body);
    for (const id of request.evidence?.workflows ?? []) {
      await readable.workflow(credentials, id);
    }
    const answer: AgentLanes = await lanes.change(
      req.params.id,
      request,
      person.userEntityRef,
    );
    res.json(answer);
  });
}
