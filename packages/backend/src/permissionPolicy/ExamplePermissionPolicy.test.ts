import {
  agenticPermissions,
  approvalDecidePermission,
  deploymentStopPermission,
  workflowControlPermission,
  workflowCreatePermission,
  workflowReadPermission,
} from '@agentic-backstage/plugin-agentic-common';
import {
  isRequestedBy,
  workflowPermissionRules,
} from '@agentic-backstage/plugin-agentic-node';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { ExamplePermissionPolicy } from './ExamplePermissionPolicy';

const policy = new ExamplePermissionPolicy({
  strategic: ['group:default/architects'],
  final: ['group:default/platform-leads'],
});

const catalogDeletePermission = createPermission({
  name: 'catalog.entity.delete',
  attributes: { action: 'delete' },
  resourceType: 'catalog-entity',
});

function someone(name: string, group: string): PolicyQueryUser {
  const userEntityRef = `user:default/${name}`;
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, `group:default/${group}`],
    },
  };
}

const developer = someone('ada.reyes', 'team-payments');
const lead = someone('ben.okafor', 'platform-leads');
const architect = someone('chiara.rossi', 'architects');

const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;

describe('ExamplePermissionPolicy', () => {
  it.each<[Permission, PolicyQueryUser, AuthorizeResult]>([
    [workflowCreatePermission, developer, ALLOW],
    [workflowReadPermission, developer, ALLOW],
    [workflowControlPermission, developer, CONDITIONAL],
    [workflowControlPermission, architect, CONDITIONAL],
    [workflowControlPermission, lead, ALLOW],
    [deploymentStopPermission, developer, CONDITIONAL],
    [deploymentStopPermission, lead, ALLOW],
    [approvalDecidePermission, developer, DENY],
    [approvalDecidePermission, architect, ALLOW],
    [approvalDecidePermission, lead, ALLOW],
    [catalogDeletePermission, developer, ALLOW],
  ])('answers %j for %j with %s', async (permission, user, expected) => {
    const decision = await policy.handle({ permission }, user);
    expect(decision.result).toBe(expected);
  });

  it.each([...agenticPermissions, catalogDeletePermission])(
    'denies $name to nobody in particular',
    async permission => {
      expect(await policy.handle({ permission })).toEqual({ result: DENY });
    },
  );

  it.each([
    ['user:default/ada.reyes', true],
    ['user:default/dmitri.novak', false],
  ])(
    'lets a developer control a workflow requested by %s: %s',
    async (requestedBy, expected) => {
      const decision = await policy.handle(
        { permission: workflowControlPermission },
        developer,
      );
      const isAuthorized = createConditionAuthorizer(
        Object.values(workflowPermissionRules),
      );
      expect(
        isAuthorized(decision, {
          requestedBy,
          environment: 'staging',
          serviceName: 'user-service',
        }),
      ).toBe(expected);
      expect(decision).toMatchObject({
        pluginId: 'agentic',
        conditions: { rule: isRequestedBy.name },
      });
    },
  );
});
