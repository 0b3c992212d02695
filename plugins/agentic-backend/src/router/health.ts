import {
  agentReadPermission,
  operationsReadPermission,
  type AgentHealth,
  type Health,
  type HealthDetails,
} from '@agentic-backstage/plugin-agentic-common';
import { NotFoundError } from '@backstage/errors';
import type { Router } from 'express';
import type { HealthService } from '../service/HealthService';
import type { Access } from './access';

/** `/health` for the plugin and for each agent (open to probes), and with details for people; `/agents`, the capability table. */
export function addHealthRoutes(
  router: Router,
  options: { access: Access; health: HealthService },
): void {
  const { access, health } = options;

  router.get('/health', async (_req, res) => {
    const report: Health = await health.report();
    res.status(report.status === 'ok' ? 200 : 503).json(report);
  });

  router.get('/health/details', async (req, res) => {
    const credentials = await access.credentials(req);
    await access.require(credentials, agentReadPermission);
    const forOperators = await access.holds(
      credentials,
      operationsReadPermission,
    );
    const details: HealthDetails = await health.details({ forOperators });
    res.json(details);
  });

  router.get('/agents/:id/health', async (req, res) => {
    const agent = (await health.agents()).find(
      candidate => candidate.id === req.params.id,
    );
    if (!agent) {
      throw new NotFoundError(
        `No agent '${req.params.id.slice(0, 60)}'; GET /agents lists them`,
      );
    }
    const status = agent.stopped ? 'stopped' : agent.status;
    res.status(status === 'active' ? 200 : 503).json({
      id: agent.id,
      status: status === 'active' ? 'ok' : status,
    });
  });

  router.get('/agents', async (req, res) => {
    const credentials = await access.credentials(req);
    await access.require(credentials, agentReadPermission);
    const items: AgentHealth[] = await health.agents();
    res.json({ items });
  });
}
