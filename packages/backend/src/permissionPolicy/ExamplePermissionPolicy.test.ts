import {
  agentPromotePermission,
  agentReadPermission,
  agenticPermissions,
  approvalDecidePermission,
  approvalReadPermission,
  artifactReadPermission,
  auditErasePermission,
  auditReadPermission,
  deploymentReadPermission,
  deploymentStopPermission,
  incidentManagePermission,
  incidentReadPermission,
  killSwitchUsePermission,
  metricsReadPermission,
  operationsReadPermission,
  policyReadPermission,
  secretReadPermission,
  sweeperRunPermission,
  workflowControlPermission,
  workflowCreatePermission,
  workflowReadPermission,
} from '@agentic-backstage/plugin-agentic-common';
import {
  approvalPermissionRules,
  artifactPermissionRules,
  auditPermissionRules,
  deploymentPermissionRules,
  policyPermissionRules,
  workflowPermissionRules,
  type WorkflowResource,
} from '@agentic-backstage/plugin-agentic-node';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { ExamplePermissionPolicy } from './ExamplePermissionPolicy';
import { readExampleRoles } from './readExampleRoles';

const root = resolvePackagePath('backend', '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const config = new ConfigReader(parse(read('app-config.yaml')));
const policy = new ExamplePermissionPolicy(readExampleRoles(config));

/** The people of examples/org.yaml, as they are after signing in. */
const PEOPLE = new Map<string, PolicyQueryUser>(
  parseAllDocuments(read('examples/org.yaml'))
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'User')
    .map(({ metadata, spec }) => {
      const userEntityRef = `user:default/${metadata.name}`;
      return [
        metadata.name,
        {
          credentials: mockCredentials.user(userEntityRef),
          info: {
            userEntityRef,
            ownershipEntityRefs: [
              userEntityRef,
              ...spec.memberOf.map((group: string) => `group:default/${group}`),
            ],
          },
        },
      ];
    }),
);

/** What Ada asked for, for a service of her team, in one environment. */
function adasWork(environment: string): WorkflowResource {
  const strategic = environment === 'production';
  return {
    requestedBy: 'user:default/ada.reyes',
    owner: 'group:default/team-payments',
    environment,
    serviceName: 'user-service',
    lane: 'execute',
    approvers: [
      'group:default/platform-leads',
      ...(strategic ? ['group:default/architects'] : []),
    ],
  };
}

const AUTHORIZERS: Readonly<
  Record<string, ReturnType<typeof createConditionAuthorizer<WorkflowResource>>>
> = {
  'agentic-approval': createConditionAuthorizer(
    Object.values(approvalPermissionRules),
  ),
  'agentic-artifact': createConditionAuthorizer(
    Object.values(artifactPermissionRules),
  ),
  'agentic-audit': createConditionAuthorizer(
    Object.values(auditPermissionRules),
  ),
  'agentic-deployment': createConditionAuthorizer(
    Object.values(deploymentPermissionRules),
  ),
  'agentic-policy': createConditionAuthorizer(
    Object.values(policyPermissionRules),
  ),
  'agentic-workflow': createConditionAuthorizer(
    Object.values(workflowPermissionRules),
  ),
};

async function allows(
  permission: Permission,
  person: string,
  environment: string,
): Promise<boolean> {
  const decision = await policy.handle({ permission }, PEOPLE.get(person));
  return decision.result === AuthorizeResult.CONDITIONAL
    ? AUTHORIZERS[decision.resourceType](decision, adasWork(environment))
    : decision.result === AuthorizeResult.ALLOW;
}

const EVERYWHERE = ['development', 'staging', 'production'];
const OPEN = ['development', 'staging'];
const PRODUCTION = ['production'];
const NOWHERE: string[] = [];

/** Where each person may do this to Ada's work: ada, dmitri, chiara, ben, elif, farah. */
const TABLE: [Permission, string[][]][] = [
  [agentReadPermission, Array(6).fill(EVERYWHERE)],
  ...[
    agentPromotePermission,
    auditErasePermission,
    incidentManagePermission,
    killSwitchUsePermission,
    sweeperRunPermission,
  ].map((permission): [Permission, string[][]] => [
    permission,
    [NOWHERE, NOWHERE, NOWHERE, EVERYWHERE, EVERYWHERE, NOWHERE],
  ]),
  ...[
    incidentReadPermission,
    metricsReadPermission,
    operationsReadPermission,
    secretReadPermission,
  ].map((permission): [Permission, string[][]] => [
    permission,
    [NOWHERE, NOWHERE, NOWHERE, EVERYWHERE, EVERYWHERE, EVERYWHERE],
  ]),
  [
    approvalDecidePermission,
    [NOWHERE, NOWHERE, PRODUCTION, EVERYWHERE, NOWHERE, NOWHERE],
  ],
  [
    auditReadPermission,
    [EVERYWHERE, NOWHERE, PRODUCTION, EVERYWHERE, EVERYWHERE, EVERYWHERE],
  ],
  ...[
    approvalReadPermission,
    artifactReadPermission,
    deploymentReadPermission,
    policyReadPermission,
    workflowReadPermission,
  ].map((permission): [Permission, string[][]] => [
    permission,
    [EVERYWHERE, OPEN, EVERYWHERE, EVERYWHERE, EVERYWHERE, EVERYWHERE],
  ]),
  ...[deploymentStopPermission, workflowControlPermission].map(
    (permission): [Permission, string[][]] => [
      permission,
      [EVERYWHERE, NOWHERE, NOWHERE, EVERYWHERE, EVERYWHERE, NOWHERE],
    ],
  ),
  [
    workflowCreatePermission,
    [EVERYWHERE, EVERYWHERE, EVERYWHERE, EVERYWHERE, EVERYWHERE, NOWHERE],
  ],
];
const NAMES = [
  'ada.reyes',
  'dmitri.novak',
  'chiara.rossi',
  'ben.okafor',
  'elif.demir',
  'farah.aziz',
];
const ROWS = TABLE.flatMap(([permission, byPerson]) =>
  NAMES.flatMap((person, index) =>
    EVERYWHERE.map(environment => ({
      permission,
      name: permission.name,
      person,
      environment,
      expected: byPerson[index].includes(environment),
    })),
  ),
);

describe('ExamplePermissionPolicy', () => {
  it.each(ROWS)(
    '$name for $person in $environment: $expected',
    async ({ permission, person, environment, expected }) => {
      expect(await allows(permission, person, environment)).toBe(expected);
    },
  );

  it('has every permission of the framework in the table', () => {
    expect(TABLE.map(([{ name }]) => name).sort()).toEqual(
      agenticPermissions.map(({ name }) => name).sort(),
    );
  });

  it('has everybody of the example company in the table', () => {
    expect([...PEOPLE.keys()].sort()).toEqual([...NAMES].sort());
  });

  it('leaves what is not the framework’s to the portal', async () => {
    const permission = createPermission({
      name: 'catalog.entity.delete',
      attributes: { action: 'delete' },
      resourceType: 'catalog-entity',
    });
    expect(await allows(permission, 'dmitri.novak', 'staging')).toBe(true);
  });

  it.each(agenticPermissions)(
    'denies $name to nobody in particular',
    async permission => {
      expect(await policy.handle({ permission })).toEqual({
        result: AuthorizeResult.DENY,
      });
    },
  );
});
