const STRANGE_IDS = [
  'wf-000000000000',
  "wf-' or '1'='1",
  'wf-%',
  '..%2fapprovals',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '__proto__',
  'constructor',
  'a'.repeat(4000),
  '%F0%9F%92%A9',
  '%',
  '%00',
];

/** Controlling what somebody else asked for, and ids that are none. */
export function onWorkflows({ ids }) {
  const controls = ['pause', 'resume', 'cancel', 'retry'];
  return [
    ...controls.flatMap(control =>
      ['staging', 'production', 'rejected'].flatMap(which => [
        {
          name: `${control} of somebody else's ${which} workflow`,
          as: 'dmitri',
          path: `/workflows/${ids[which]}/${control}`,
          json: { reason: 'because' },
          refused: [403, 404],
        },
        {
          name: `${control} of a ${which} workflow by a service`,
          as: 'service',
          path: `/workflows/${ids[which]}/${control}`,
          json: { reason: 'because' },
          refused: 403,
        },
      ]),
    ),
    ...STRANGE_IDS.flatMap(id => [
      {
        name: `workflow ${id.slice(0, 40)}`,
        as: 'ben',
        path: `/workflows/${id.replaceAll(' ', '%20')}`,
        refused: [400, 404],
      },
      {
        name: `cancelling ${id.slice(0, 40)}`,
        as: 'ben',
        path: `/workflows/${id.replaceAll(' ', '%20')}/cancel`,
        json: {},
        refused: [400, 404],
      },
    ]),
    ...[
      ['another person', { requestedBy: 'user:default/ben.okafor' }, 403],
      [
        'another person by mail',
        { requestedBy: 'ben.okafor@northwind.example' },
        403,
      ],
      ['an agent', { requestedBy: 'agent:deployment' }, 403],
      ['the system', { requestedBy: 'system' }, 403],
      ['a state', { phase: 'completed' }, 400],
      ['an id', { workflowId: ids.staging }, 400],
      ['a plan', { plan: { tasks: [] } }, 400],
      ['approvals', { approvals: [] }, 400],
      ['a plan hash', { planHash: '0'.repeat(64) }, 400],
      ['a template that is none', { template: '../../etc/passwd' }, 400],
      [
        'a name that is taken',
        { parameters: { serviceName: 'victim-staging' } },
        [400, 409],
      ],
    ].map(([what, more, refused]) => ({
      name: `starting a workflow with ${what}`,
      as: 'dmitri',
      path: '/workflows',
      json: {
        template: 'microservice-rest-api',
        parameters: { serviceName: 'stolen-service', database: 'none' },
        ...more,
      },
      refused,
    })),
    {
      name: 'starting a workflow as a service',
      as: 'service',
      path: '/workflows',
      json: {
        template: 'microservice-rest-api',
        parameters: { serviceName: 'stolen-service', database: 'none' },
      },
      refused: 403,
    },
    ...['PUT', 'PATCH', 'DELETE'].map(method => ({
      name: `${method} of a workflow`,
      as: 'ben',
      method,
      path: `/workflows/${ids.staging}`,
      json: { phase: 'completed' },
      refused: [404, 405],
    })),
    ...[
      'status=completed&status=failed',
      'status[$ne]=completed',
      'status=nothing',
      'limit=0',
      'limit=1e9',
      'limit=-1',
      'cursor=AAAA',
      `cursor=${Buffer.from('["\' or 1=1--",{}]').toString('base64url')}`,
      'requestedBy[]=user:default/ada.reyes',
      'constructor.prototype.limit=1',
      'visible=true',
      'sort=(select+1)',
      `service=${'a'.repeat(5000)}`,
      'service=%00',
    ].map(query => ({
      name: `the list with ${query.slice(0, 40)}`,
      as: 'dmitri',
      path: `/workflows?${query}`,
      refused: 400,
    })),
  ];
}
