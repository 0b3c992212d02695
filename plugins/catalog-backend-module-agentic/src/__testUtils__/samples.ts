import type { Entity } from '@backstage/catalog-model';

export const aComponent = (
  name: string,
  annotations?: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, ...(annotations && { annotations }) },
  spec: {
    type: 'service',
    lifecycle: 'experimental',
    owner: 'group:default/team-payments',
  },
});

export const aService = (
  serviceName: string,
  fields: { repositoryUrl?: string; entities?: unknown[] } = {},
) => ({
  serviceName,
  workflowId: `wf-${serviceName}`,
  repositoryUrl: `file:///repositories/${serviceName}.git`,
  commit: '0123abc',
  entities: [aComponent(serviceName)],
  ...fields,
});
