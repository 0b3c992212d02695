import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Host } from '../createHost';
import type { AgenticConfig } from '../config';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { Access } from './access';
import { addApprovalRoutes } from './approvals';
import { addCatalogEntityRoutes } from './catalogEntities';
import { addDeploymentRoutes } from './deployments';
import { addEnvironmentRoutes } from './environments';
import { addGenerateRoutes } from './generate';
import { addHealthRoutes } from './health';
import { addLaneRoutes } from './lanes';
import { openApiDocument } from './openApi';
import { Readable } from './Readable';
import { refuseNul } from './refuseNul';
import { refuseOversized } from './refuseOversized';
import { addWorkflowEventRoutes } from './workflowEvents';
import { addWorkflowRoutes } from './workflows';

const MAX_BODY_BYTES = 256 * 1024;

/** The HTTP API, one file per resource. */
export function createRouter(options: {
  access: Access;
  auth: AuthService;
  catalog: CatalogService;
  config: AgenticConfig;
  database: AgenticDatabase;
  host: Host;
}): Router {
  const { access, auth, catalog, config, database, host } = options;
  const { store, artifacts, records, workflows: service } = host;
  const readable = new Readable({
    access,
    store,
    approvals: host.approvals,
    records,
  });
  const router = PromiseRouter();
  router.use(express.json({ limit: MAX_BODY_BYTES }));
  router.use(refuseOversized(MAX_BODY_BYTES));
  router.use(refuseNul);

  const emailOf = async (
    userEntityRef: string,
  ): Promise<string | undefined> => {
    const entity = await catalog.getEntityByRef(userEntityRef, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    const profile = entity?.spec?.profile;
    return typeof profile === 'object' && profile !== null && 'email' in profile
      ? String(profile.email)
      : undefined;
  };
  addWorkflowRoutes(router, {
    access,
    readable,
    rules: config.environments,
    service,
    store,
    database,
    artifacts,
    records,
    emailOf,
  });
  addWorkflowEventRoutes(router, { access, readable, database });
  addApprovalRoutes(router, {
    access,
    approvals: host.approvals,
    readable,
  });
  addDeploymentRoutes(router, {
    access,
    records,
    store,
    readable,
    rules: config.environments,
    compensation: host.compensation,
  });
  addGenerateRoutes(router, { access, generate: host.generate, readable });
  addEnvironmentRoutes(router, {
    access,
    rules: config.environments,
    approvals: config.approvals,
    replicas: host.replicas,
  });
  addHealthRoutes(router, { access, health: host.health });
  addLaneRoutes(router, { access, readable, lanes: host.lanes });
  addCatalogEntityRoutes(router, { access, records });
  router.get('/openapi.json', async (req, res) => {
    await access.credentials(req);
    res.json(openApiDocument());
  });
  return router;
}
