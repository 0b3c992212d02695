import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Host } from '../createHost';
import type { AgenticConfig } from '../config';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { WorkflowList } from '../database/WorkflowList';
import { DatabaseRateStore } from '../limits/DatabaseRateStore';
import { sayWhenToRetry } from '../limits/LimitReached';
import { principalKey } from '../limits/principalKey';
import { rateLimits } from '../limits/rateLimits';
import { secretMasks } from '../runtime/redactValues';
import type { Access } from './access';
import { addApprovalRoutes } from './approvals';
import { addAuditRoutes } from './audit';
import { auditFailures, auditRequests } from './auditRequests';
import { addCatalogEntityRoutes } from './catalogEntities';
import { cleanBody } from './cleanBody';
import { demandCredentials } from './demandCredentials';
import { addDeploymentRoutes } from './deployments';
import { addEnvironmentRoutes } from './environments';
import { addGenerateRoutes } from './generate';
import { followRequests } from './followRequests';
import { addHealthRoutes } from './health';
import { addIncidentRoutes } from './incidents';
import { addKillSwitchRoutes } from './killSwitch';
import { addLaneRoutes } from './lanes';
import { addLimitRoutes } from './limits';
import { addMetricsRoutes } from './metrics';
import { maskAnswers } from './maskAnswers';
import { openApiDocument } from './openApi/openApiDocument';
import { addPlanVersionRoutes } from './planVersions';
import { Readable } from './Readable';
import { recordRefusals } from './recordRefusals';
import { refuseDeep } from './refuseDeep';
import { refuseNul } from './refuseNul';
import { addRevisionRoutes } from './revisions';
import { refuseOversized } from './refuseOversized';
import { addSearchableWorkflowRoutes } from './searchableWorkflows';
import { sayWhatHolds } from './sayWhatHolds';
import { addSecretRoutes } from './secrets';
import { addSweeperRoutes } from './sweeper';
import { addWorkflowEventRoutes } from './workflowEvents';
import { addWorkflowRoutes } from './workflows';

const MAX_BODY_BYTES = 256 * 1024;

/** The HTTP API, one file per resource. */
export function createRouter(options: {
  access: Access;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: AgenticConfig;
  database: AgenticDatabase;
  host: Host;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): Router {
  const { access, auth, catalog, config, database, host } = options;
  const { store, artifacts, records, workflows: service } = host;
  const readable = new Readable({
    access,
    store,
    approvals: host.approvals,
    records,
  });
  const list = new WorkflowList(database.knex);
  const router = PromiseRouter();
  router.use(followRequests);
  router.use(maskAnswers(secretMasks));
  router.use(
    rateLimits({
      ...options,
      rates: config.limits.rates,
      knex: database.knex,
      // One process counts for itself; several count together.
      store: database.isShared
        ? new DatabaseRateStore(database.knex)
        : undefined,
    }),
  );
  router.use(demandCredentials(options.httpAuth));
  router.use(auditRequests(options));
  router.use(express.json({ limit: MAX_BODY_BYTES }));
  router.use(refuseOversized(MAX_BODY_BYTES));
  router.use(refuseDeep);
  router.use(refuseNul);
  router.use(cleanBody);

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
    list,
    database,
    artifacts,
    records,
    emailOf,
  });
  addWorkflowEventRoutes(router, {
    access,
    readable,
    database,
    takeSlot: async req =>
      host.limits.streams.take(await principalKey(options.httpAuth, req)),
  });
  addApprovalRoutes(router, {
    access,
    approvals: host.approvals,
    readable,
  });
  addRevisionRoutes(router, { access, readable, revisions: host.revisions });
  addPlanVersionRoutes(router, { access, readable, knex: database.knex });
  addDeploymentRoutes(router, {
    access,
    records,
    readable,
    rules: config.environments,
    compensation: host.compensation,
    knex: database.knex,
  });
  addGenerateRoutes(router, { access, generate: host.generate, readable });
  addEnvironmentRoutes(router, {
    access,
    rules: config.environments,
    approvals: config.approvals,
    replicas: host.replicas,
  });
  addLimitRoutes(router, { access, limits: host.limits });
  addSweeperRoutes(router, {
    access,
    readable,
    rules: config.environments,
    sweeper: host.sweeper,
    undoAgain: host.undoAgain,
  });
  addSecretRoutes(router, { access, secrets: host.secrets });
  addHealthRoutes(router, { access, health: host.health });
  addIncidentRoutes(router, { access, incidents: host.incidents.service });
  addKillSwitchRoutes(router, { access, killSwitch: host.killSwitch });
  addMetricsRoutes(router, { access });
  addLaneRoutes(router, { access, readable, lanes: host.lanes });
  addAuditRoutes(router, {
    access,
    readable,
    store,
    changeRecords: host.changeRecords,
    knex: database.knex,
  });
  addCatalogEntityRoutes(router, { access, records });
  addSearchableWorkflowRoutes(router, { access, list });
  router.get('/openapi.json', async (req, res) => {
    await access.credentials(req);
    res.json(openApiDocument());
  });
  router.use(sayWhatHolds);
  router.use(sayWhenToRetry);
  router.use(recordRefusals({ ...options, knex: database.knex }));
  router.use(auditFailures(options));
  return router;
}
