import { findUnknownFields } from './findUnknownFields';

jest.setTimeout(60_000);

describe('findUnknownFields', () => {
  it.each([
    ['v1', 'ConfigMap', { data: { 'any.key': '1' }, dota: {} }, ['dota']],
    [
      'v1',
      'Service',
      {
        spec: { prots: [], ports: [{ port: 80, targetPort: 'http', prot: 1 }] },
      },
      ['spec/prots', 'spec/ports/0/prot'],
    ],
    [
      'v1',
      'Pod',
      {
        spec: {
          containers: [
            {
              name: 'a',
              resources: { limits: { cpu: 1, 'nvidia.com/gpu': 1 }, limit: {} },
            },
          ],
        },
      },
      ['spec/containers/0/resources/limit'],
    ],
    [
      'apps/v1',
      'Deployment',
      { metadata: { labels: { any: 'a' }, lables: {} } },
      ['metadata/lables'],
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      { spec: { podSelector: { matchLabels: { a: 'b' } }, ingres: [] } },
      ['spec/ingres'],
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      {
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'a' },
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilisation: 70 },
              },
            },
          ],
        },
      },
      ['spec/metrics/0/resource/target/averageUtilisation'],
    ],
    [
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      {
        spec: {
          versions: [
            {
              schema: {
                openAPIV3Schema: {
                  properties: { a: { properties: { b: { typ: 'string' } } } },
                },
              },
            },
          ],
        },
      },
      ['spec/versions/0/schema/openAPIV3Schema/properties/a/properties/b/typ'],
    ],
    [
      'v1',
      'Pod',
      {
        spec: {
          containers: 'none',
          nodeSelector: { a: 'b' },
          securityContext: { runAsNonRoot: true },
        },
      },
      [],
    ],
    [
      'v1',
      'Secret',
      { stringData: { a: 'b' }, type: 'Opaque', immutable: true },
      [],
    ],
    [
      'rbac.authorization.k8s.io/v1',
      'Role',
      { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
      [],
    ],
    [
      'batch/v1',
      'CronJob',
      {
        spec: {
          jobTemplate: {
            spec: {
              template: {
                spec: {
                  restartPolicy: 'Never',
                  volumes: [{ name: 'a', emptyDir: {} }],
                },
              },
            },
          },
        },
      },
      [],
    ],
  ])('in %s %s %j: %j', (apiVersion, kind, fields, unknown) => {
    const manifest = { apiVersion, kind, metadata: { name: 'a' }, ...fields };
    expect(
      findUnknownFields(manifest, apiVersion, kind).map(path => path.join('/')),
    ).toEqual(unknown);
  });
});
