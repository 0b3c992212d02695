import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import { roleToSign, type ApprovalPolicy } from './ApprovalRules';

const policy: ApprovalPolicy = {
  roles: {
    strategic: ['group:default/architects'],
    final: ['group:default/leads', 'user:default/zoe'],
  },
  environments: {
    development: { requiredRoles: ['final'], requesterMayApprove: true },
    staging: { requiredRoles: ['final'], requesterMayApprove: false },
    production: {
      requiredRoles: ['strategic', 'final'],
      requesterMayApprove: false,
    },
  },
  expiresAfterHours: 1,
};

const signed = (by: string, role: 'strategic' | 'final') => ({
  decidedBy: by,
  role,
  decision: 'approve' as const,
  reason: '',
  decidedAt: '2026-01-01T00:00:00.000Z',
});

function anApproval(
  environment: string,
  decisions: Approval['decisions'] = [],
): Approval {
  return {
    approvalId: 'a1',
    workflowId: 'wf-1',
    taskId: 't4',
    serviceName: 'user-service',
    environment,
    requestedBy: 'user:default/ada',
    planHash: 'a'.repeat(64),
    scopeHash: 'b'.repeat(64),
    status: 'open',
    requiredRoles: [
      ...(policy.environments[environment]?.requiredRoles ?? [
        'strategic',
        'final',
      ]),
    ],
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2026-01-02T00:00:00.000Z',
    plan: { title: 'Deploy', steps: [] },
    dryRunResults: [],
    estimatedImpact: {
      blastRadius: '',
      destructive: false,
      monthlyCost: 'unknown',
    },
    rollbackStrategy: [],
    decisions,
  };
}

const person = (name: string, ...groups: string[]) => ({
  userEntityRef: `user:default/${name}`,
  ownershipEntityRefs: [
    `user:default/${name}`,
    ...groups.map(group => `group:default/${group}`),
  ],
});

describe('roleToSign', () => {
  it.each([
    [
      'a lead in staging',
      anApproval('staging'),
      person('ben', 'leads'),
      'final',
    ],
    [
      'a person named by the role',
      anApproval('staging'),
      person('zoe'),
      'final',
    ],
    [
      'an architect in production',
      anApproval('production'),
      person('cy', 'architects'),
      'strategic',
    ],
    [
      'a lead in production',
      anApproval('production'),
      person('ben', 'leads'),
      'final',
    ],
    [
      'the second of two in production',
      anApproval('production', [signed('user:default/cy', 'strategic')]),
      person('ben', 'leads'),
      'final',
    ],
    [
      'somebody with both roles, where one is taken',
      anApproval('production', [signed('user:default/ben', 'final')]),
      person('max', 'leads', 'architects'),
      'strategic',
    ],
    [
      'the requester in development',
      anApproval('development'),
      person('ada'),
      'final',
    ],
    [
      'both roles in an environment without rules',
      anApproval('sandbox'),
      person('cy', 'architects'),
      'strategic',
    ],
  ])('lets %s sign', (_who, approval, approver, role) => {
    expect(roleToSign(policy, approval, approver)).toBe(role);
  });

  it.each([
    [
      'the requester in staging, even as a lead',
      anApproval('staging'),
      person('ada', 'leads'),
      'somebody else',
    ],
    [
      'the requester in production',
      anApproval('production'),
      person('ada', 'leads', 'architects'),
      'somebody else',
    ],
    [
      'somebody without a role',
      anApproval('staging'),
      person('dan', 'team-search'),
      'as final',
    ],
    [
      'somebody without a role in development',
      anApproval('development'),
      person('dan'),
      'as final',
    ],
    [
      'an architect where only final is asked',
      anApproval('staging'),
      person('cy', 'architects'),
      'as final',
    ],
    [
      'the same person twice',
      anApproval('production', [signed('user:default/max', 'final')]),
      person('max', 'leads', 'architects'),
      'signed this approval already',
    ],
  ])('refuses %s', (_who, approval, approver, reason) => {
    expect(() => roleToSign(policy, approval, approver)).toThrow(reason);
  });

  it('refuses a role that was asked for and is not held', () => {
    expect(() =>
      roleToSign(
        policy,
        anApproval('production'),
        person('ben', 'leads'),
        'strategic',
      ),
    ).toThrow('as strategic');
  });

  it('lets nobody sign where no role has holders', () => {
    const empty = { ...policy, roles: { strategic: [], final: [] } };
    expect(() =>
      roleToSign(empty, anApproval('staging'), person('ben', 'leads')),
    ).toThrow('agentic.approvals.roles');
  });
});
