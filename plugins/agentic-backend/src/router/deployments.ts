import {
  ControlRequest,
  deploymentReadPermission,
  deploymentStopPermission,
} from '@agentic-backstage/plugin-agentic-common';
import type { AgenticRecords } from '@agentic-backstage/plugin-agentic-node';
import { ConflictError } from '@backstage/errors';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import { recordAlone } from '../changeRecord/ChangeRecord';
import type { WorkflowStore } from '../database/WorkflowStore';
import { checkMayOperate } from '../environments/checkEnvironment';
import type { EnvironmentRules } from '../environments/EnvironmentRules';
import type { Compensation } from '../runtime/Compensation';
import { toDeploymentView } from '../service/views';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';

const ListQuery = z
  .object({
    service: z.string().max(63),
    environment: z.string().max(63),
    workflowId: z.string().max(40),
  })
  .partial()
  .strict();

/** `/deployments`: list and stop. Stopping undoes the effect that started the version, with its own read-back. */
export function addDeploymentRoutes(
  router: Router,
  options: {
    access: Access;
    records: AgenticRecords;
    store: WorkflowStore;
    readable: Readable;
    rules: EnvironmentRules;
    compensation: Compensation;
    knex: Knex;
  },
): void {
  const { access, records, store, readable, compensation, knex } = options;

  router.get('/deployments', async (req, res) => {
    const credentials = await access.credentials(req);
    const query = parseOrRefuse(ListQuery, req.query, 'query');
    const found = await records.deployments.list({
      serviceName: query.service,
      environment: query.environment,
      workflowId: query.workflowId,
    });
    const items = [];
    for (const record of found) {
      const row = await store.row(record.workflowId);
      if (
        row &&
        (await access.allows(credentials, deploymentReadPermission, row))
      ) {
        items.push(toDeploymentView(record));
      }
    }
    res.json({ items });
  });

  router.post('/deployments/:id/stop', async (req, res) => {
    const { credentials, requester } = await access.requester(req);
    const { record, row } = await readable.deployment(
      credentials,
      req.params.id,
    );
    await access.requireFor(credentials, deploymentStopPermission, row);
    checkMayOperate(options.rules, row, requester);
    const { reason } = parseOrRefuse(ControlRequest, req.body);
    if (record.status === 'stopped' || record.status === 'rolled_back') {
      throw new ConflictError(`This deployment is ${record.status} already`);
    }
    const about = {
      chain: record.workflowId,
      actor: requester.userEntityRef,
      subject: `deployment:${record.deploymentId}`,
    };
    await recordAlone(knex, {
      ...about,
      kind: 'deployment.stop_asked',
      payload: { reason },
    });
    const { undone, evidence } = await compensation.undo(
      record.workflowId,
      record.effectId,
      `, stopped by ${requester.userEntityRef}${reason ? `: ${reason}` : ''}`,
    );
    const after =
      (await records.deployments.get(record.deploymentId)) ?? record;
    // The tool calls it rolled back; a person who stopped it on purpose calls it stopped.
    const now = undone ? { ...after, status: 'stopped' as const } : after;
    await records.deployments.put(now);
    await recordAlone(knex, {
      ...about,
      kind: undone ? 'deployment.stopped' : 'deployment.stop_unconfirmed',
      payload: { reason, evidence },
    });
    res.status(undone ? 200 : 202).json({
      deployment: toDeploymentView(now),
      confirmed: undone,
      evidence,
    });
  });
}
