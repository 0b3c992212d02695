import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The list of workflows. */
export const workflowsRouteRef = createRouteRef();

/** One workflow. */
export const workflowRouteRef = createSubRouteRef({
  parent: workflowsRouteRef,
  path: '/:workflowId',
});

/** The approvals inbox. */
export const approvalsRouteRef = createRouteRef();

/** The agents: what they may do, stop and release, and what they lean on. */
export const agentsRouteRef = createRouteRef();

/** What went wrong and takes people. */
export const incidentsRouteRef = createRouteRef();

/** One incident. */
export const incidentRouteRef = createSubRouteRef({
  parent: incidentsRouteRef,
  path: '/:incidentId',
});

/** The audit log. */
export const auditRouteRef = createRouteRef();

/** Which secrets there are, which are due and who used them. */
export const secretsRouteRef = createRouteRef();

/** Limits and the sweeper. */
export const operationsRouteRef = createRouteRef();

/** The page where a request is described in words. */
export const newWorkflowRouteRef = createRouteRef();

/** The list of software templates; bound to the scaffolder when it is installed. */
export const templatesRouteRef = createExternalRouteRef({
  defaultTarget: 'scaffolder.root',
});

/** The catalog page of an entity; bound to the catalog when it is installed. */
export const entityRouteRef = createExternalRouteRef({
  params: ['kind', 'namespace', 'name'],
  defaultTarget: 'catalog.catalogEntity',
});
