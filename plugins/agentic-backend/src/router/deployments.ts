import {
  ControlRequest,
  deploymentReadPermission,
  deploymentStopPermission,
} from '@agentic-backstage/plugin-agentic-common';
import type { AgenticRecords } from '@agentic-backstage/plugin-agentic-node';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import { recordAlone } from '../changeRecord/ChangeRecord';
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
    readable: Readable;
    rules: EnvironmentRules;
    compensation: Compensation;
    knex: Knex;
  },
): void {
  const { access, records, readable, compensation, knex } = options;

  /** Those of these workflows whose deployments the reader may see, none for who may see none. */
  const visibleAmong = async (
    credentials: BackstageCredentials,
    workflowIds: readonly string[],
  ): Promise<ReadonlySet<string>> => {
    const query = knex('workflows').whereIn('id', [...new Set(workflowIds)]);
    try {
      const narrow = await access.visible(
        credentials,
        deploymentReadPermission,
      );
      if (narrow) query.andWhere(narrow);
    } catch (error) {
      if (error instanceof NotAllowedError) return new Set();
      throw error;
    }
    return new Set(await query.pluck('id'));
  };

  router.get('/deployments', async (req, res) => {
    const credentials = await access.credentials(req);
    const query = parseOrRefuse(ListQuery, req.query, 'query');
    const found = await records.deployments.list({
      serviceName: query.service,
      environment: query.environment,
      workflowId: query.workflowId,
    });
    const visible = await visibleAmong(
      credentials,
      found.map(({ workflowId }) => workflowId),
    );
    const items = found.filter(({ workflowId }) => visible.has(workflowId));
    res.json({ items: items.map(toDeploymentView) });
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
