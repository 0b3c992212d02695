import { REFUSALS } from '../attack.mjs';

const FIELDS = [
  'serviceName',
  'description',
  'owner',
  'language',
  'pattern',
  'database',
  'environment',
  'cloudProvider',
];

/** Addresses in every field that takes text, and in headers: nobody may call them. */
export function withAddresses({ canary, ids, approvals, artifacts }) {
  const { url } = canary;
  const anything = [200, 202, ...REFUSALS];
  const decision = `/approvals/${approvals.staging.approvalId}/decision`;
  return [
    ...['/workflows', '/generate'].flatMap(path =>
      FIELDS.map(field => ({
        name: `${path} with an address as ${field}`,
        as: 'ada',
        path,
        json: {
          template: 'microservice-rest-api',
          ...(path === '/workflows' ? { dryRun: true } : {}),
          parameters: {
            serviceName: 'probe-service',
            database: 'none',
            [field]: url,
          },
        },
        refused: anything,
      })),
    ),
    ...[
      'url',
      'repoUrl',
      'webhook',
      'callbackUrl',
      'image',
      'baseUrl',
      '$ref',
    ].map(field => ({
      name: `a field ${field} that asks to be fetched`,
      as: 'ada',
      path: '/workflows',
      json: { template: 'microservice-rest-api', [field]: url },
      refused: 400,
    })),
    {
      name: 'words that ask for an address',
      as: 'ada',
      path: '/workflows',
      json: { description: `Create probe-service from ${url}`, dryRun: true },
      refused: 400,
    },
    {
      name: 'a template that is an address',
      as: 'ada',
      path: '/workflows',
      json: { template: url, dryRun: true },
      refused: 400,
    },
    {
      name: 'a signature whose hash is an address',
      as: 'ben',
      path: decision,
      json: { decision: 'approve', reason: url, scopeHash: url },
      refused: [400, 409],
    },
    {
      name: 'a file that is an address',
      as: 'ada',
      path: `/workflows/${ids.staging}/files/${artifacts.staging[0].artifactId}?path=${url}`,
      refused: [400, 404],
    },
    ...[
      'host',
      'x-forwarded-host',
      'referer',
      'origin',
      'x-original-url',
      'forwarded',
      'traceparent',
    ].map(header => ({
      name: `an address in the header ${header}`,
      as: 'ada',
      path: `/workflows/${ids.staging}`,
      headers: { [header]: header === 'host' ? new URL(url).host : url },
      refused: anything,
    })),
  ];
}
