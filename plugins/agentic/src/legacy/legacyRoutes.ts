import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  agentsRouteRef,
  approvalsRouteRef,
  auditRouteRef,
  entityRouteRef,
  incidentRouteRef,
  incidentsRouteRef,
  newWorkflowRouteRef,
  operationsRouteRef,
  secretsRouteRef,
  templatesRouteRef,
  workflowRouteRef,
  workflowsRouteRef,
} from '../routes';

/** The routes of the pages, as the legacy frontend system knows them. */
export const legacyRoutes = {
  workflows: convertLegacyRouteRef(workflowsRouteRef),
  workflow: convertLegacyRouteRef(workflowRouteRef),
  approvals: convertLegacyRouteRef(approvalsRouteRef),
  audit: convertLegacyRouteRef(auditRouteRef),
  agents: convertLegacyRouteRef(agentsRouteRef),
  incidents: convertLegacyRouteRef(incidentsRouteRef),
  incident: convertLegacyRouteRef(incidentRouteRef),
  newWorkflow: convertLegacyRouteRef(newWorkflowRouteRef),
  operations: convertLegacyRouteRef(operationsRouteRef),
  secrets: convertLegacyRouteRef(secretsRouteRef),
};

/** Pages of other plugins that ours lead to. */
export const legacyExternalRoutes = {
  templates: convertLegacyRouteRef(templatesRouteRef),
  entity: convertLegacyRouteRef(entityRouteRef),
};
