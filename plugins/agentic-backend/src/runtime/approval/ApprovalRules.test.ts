import type {
  Approval,
  ApprovalDecision,
  ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';
import { testPolicy as policy } from '../../__testUtils__/testPolicy';
import {
  judgeSignature,
  roleToSign,
  signaturesMissing,
  type Approver,
} from './ApprovalRules';

const signed = (
  name: string,
  role: ApprovalRole,
  decision: ApprovalDecision['decision'] = 'approve',
): ApprovalDecision => ({
  decidedBy: name.includes(':') ? name : `user:default/${name}`,
  role,
  decision,
  reason: '',
  decidedAt: '2026-01-01T00:00:00.000Z',
});

type Signable = Parameters<typeof judgeSignature>[0]['approval'];

/** An approval that ada asked for. */
function asked(
  environment: string,
  decisions: readonly ApprovalDecision[] = [],
  change: Partial<Approval> = {},
): Signable {
  const rules = policy.environments[environment];
  return {
    environment,
    requestedBy: 'user:default/ada',
    requiredRoles: [...(rules?.requiredRoles ?? ['strategic', 'final'])],
    decisions: [...decisions],
    ...change,
  };
}

function person(name: string, ...groups: string[]): Approver {
  const ref = name.includes(':') ? name : `user:default/${name}`;
  return {
    userEntityRef: ref,
    ownershipEntityRefs: [ref, ...groups.map(each => `group:default/${each}`)],
  };
}

const ada = person('ada', 'leads', 'architects');
const ben = person('ben', 'leads');
const chiara = person('chiara', 'architects');
const max = person('max', 'leads', 'architects');
const dan = person('dan', 'team-search');
const anyOrder = { ...policy, order: 'any' as const };
const two: Partial<Approval> = { requiredRoles: ['strategic', 'final'] };

describe('judgeSignature', () => {
  it.each<[string, Signable, Approver, ApprovalRole | undefined, string]>([
    // who, about what, as whom, wanted, answer
    ['a lead in staging', asked('staging'), ben, undefined, 'final'],
    [
      'a lead in staging who says as what',
      asked('staging'),
      ben,
      'final',
      'final',
    ],
    [
      'a person whom the role names',
      asked('staging'),
      person('zoe'),
      undefined,
      'final',
    ],
    [
      'an architect where only final is asked',
      asked('staging'),
      chiara,
      undefined,
      'no_holder',
    ],
    ['somebody without a role', asked('staging'), dan, undefined, 'no_holder'],
    [
      'a role that is not asked for',
      asked('staging'),
      max,
      'strategic',
      'no_holder',
    ],
    [
      'the requester in staging, also as a lead',
      asked('staging'),
      ada,
      undefined,
      'requester',
    ],
    [
      'the requester under another spelling',
      asked('staging'),
      person('USER:default/Ada', 'leads'),
      undefined,
      'requester',
    ],
    [
      'the requester in development',
      asked('development'),
      ada,
      undefined,
      'final',
    ],
    [
      'the requester in development without a role',
      asked('development'),
      person('ada'),
      undefined,
      'final',
    ],
    [
      'somebody else without a role in development',
      asked('development'),
      dan,
      undefined,
      'no_holder',
    ],
    [
      'an architect in production',
      asked('production'),
      chiara,
      undefined,
      'strategic',
    ],
    [
      'a lead in production before the architect',
      asked('production'),
      ben,
      undefined,
      'out_of_order',
    ],
    [
      'a lead in production after the architect',
      asked('production', [signed('chiara', 'strategic')]),
      ben,
      undefined,
      'final',
    ],
    [
      'somebody with both roles in production',
      asked('production'),
      max,
      undefined,
      'strategic',
    ],
    [
      'somebody with both roles who wants the final one first',
      asked('production'),
      max,
      'final',
      'out_of_order',
    ],
    [
      'somebody with both roles a second time',
      asked('production', [signed('max', 'strategic')]),
      max,
      undefined,
      'signed_already',
    ],
    [
      'somebody a second time under another spelling',
      asked('production', [signed('max', 'strategic')]),
      person('user:default/MAX', 'leads'),
      undefined,
      'signed_already',
    ],
    [
      'the requester in production',
      asked('production'),
      ada,
      undefined,
      'requester',
    ],
    [
      'an architect in an environment without rules',
      asked('sandbox'),
      chiara,
      undefined,
      'strategic',
    ],
    [
      'the requester in an environment without rules',
      asked('sandbox'),
      ada,
      undefined,
      'requester',
    ],
    [
      'an architect where the critic signed as strategic',
      asked('preview', [signed('agent:critic', 'strategic')]),
      chiara,
      undefined,
      'no_holder',
    ],
    [
      'a lead where the critic signed as strategic',
      asked('preview', [signed('agent:critic', 'strategic')]),
      ben,
      undefined,
      'final',
    ],
    [
      'the requester as one of two in development',
      asked('development', [], two),
      ada,
      undefined,
      'strategic',
    ],
    [
      'the requester as both of two in development',
      asked('development', [signed('ada', 'strategic')], two),
      ada,
      undefined,
      'signed_already',
    ],
    [
      'somebody else as the other of two in development',
      asked('development', [signed('ada', 'strategic')], two),
      ben,
      undefined,
      'final',
    ],
    [
      'a service',
      asked('staging'),
      person('service:default/ci', 'leads'),
      undefined,
      'no_person',
    ],
    [
      'an agent',
      asked('staging'),
      person('agent:planner', 'leads'),
      undefined,
      'no_person',
    ],
    [
      'the critic itself',
      asked('production'),
      person('agent:critic', 'architects'),
      undefined,
      'no_person',
    ],
    [
      'a group',
      asked('staging'),
      person('group:default/leads', 'leads'),
      undefined,
      'no_person',
    ],
    [
      'a plugin',
      asked('staging'),
      person('plugin:scaffolder', 'leads'),
      undefined,
      'no_person',
    ],
    [
      'the system',
      asked('staging'),
      person('system:', 'leads'),
      undefined,
      'no_person',
    ],
  ])('%s: %#', (_who, approval, approver, wanted, expected) => {
    const answer = judgeSignature({ policy, approval, approver, wanted });
    expect(answer.may ? answer.role : answer.because).toBe(expected);
  });

  it('lets the roles sign in any order where that is configured', () => {
    expect(
      judgeSignature({
        policy: anyOrder,
        approval: asked('production'),
        approver: ben,
      }),
    ).toEqual({ may: true, role: 'final' });
  });

  it('keeps the order that was fixed when it was asked for', () => {
    const chain: Approval['chain'] = {
      order: 'fixed',
      holders: [],
      requesterMayApprove: false,
      criticMaySign: false,
      twoPeopleBecause: [],
    };
    expect(
      judgeSignature({
        policy: anyOrder,
        approval: { ...asked('production'), chain },
        approver: ben,
      }),
    ).toMatchObject({ because: 'out_of_order' });
  });

  it('takes a rejection of a role holder before their turn', () => {
    expect(
      judgeSignature({
        policy,
        approval: asked('production'),
        approver: ben,
        decision: 'reject',
      }),
    ).toEqual({ may: true, role: 'final' });
  });

  it.each([
    ['the requester', ada, 'requester'],
    ['somebody without a role', dan, 'no_holder'],
    ['an agent', person('agent:policy', 'leads'), 'no_person'],
  ])('takes no rejection of %s', (_who, approver, because) => {
    expect(
      judgeSignature({
        policy,
        approval: asked('production'),
        approver,
        decision: 'reject',
      }),
    ).toMatchObject({ because });
  });

  it('lets nobody sign where no role has holders', () => {
    const empty = { ...policy, roles: { strategic: [], final: [] } };
    expect(() => roleToSign(empty, asked('staging'), ben)).toThrow(
      'agentic.approvals.roles',
    );
  });

  it('does not let a configuration make production milder', () => {
    const mild = {
      ...policy,
      environments: {
        production: {
          requiredRoles: ['final' as const],
          requesterMayApprove: true,
          criticMaySign: true,
          production: true,
        },
        staging: { ...policy.environments.staging, requesterMayApprove: true },
      },
    };
    for (const environment of ['production', 'staging']) {
      expect(
        judgeSignature({
          policy: mild,
          approval: asked(environment),
          approver: ada,
        }),
      ).toMatchObject({ because: 'requester' });
    }
  });
});

describe('signaturesMissing', () => {
  const twoBecause: Approval['chain'] = {
    order: 'fixed',
    holders: [],
    requesterMayApprove: true,
    criticMaySign: false,
    twoPeopleBecause: ['db.drop is destructive'],
  };
  const both = [signed('chiara', 'strategic'), signed('ben', 'final')];
  const critics = [signed('agent:critic', 'strategic'), signed('ben', 'final')];

  it.each<[string, Signable, string | undefined]>([
    [
      'one signature in staging',
      asked('staging', [signed('ben', 'final')]),
      undefined,
    ],
    ['none', asked('staging'), 'nobody signed as final'],
    [
      'the requester in development',
      asked('development', [signed('ada', 'final')]),
      undefined,
    ],
    [
      'the requester in staging',
      asked('staging', [signed('ada', 'final')]),
      'its requester',
    ],
    ['two in production', asked('production', both), undefined],
    [
      'two in the wrong order',
      asked('production', [...both].reverse(), { chain: twoBecause }),
      'not signed in the order',
    ],
    [
      'two in any order, where none was asked for',
      asked('production', [...both].reverse(), {
        chain: { ...twoBecause, order: 'any' },
      }),
      undefined,
    ],
    [
      'one in production',
      asked('production', [signed('chiara', 'strategic')]),
      'as final',
    ],
    [
      'the same person twice',
      asked('production', [signed('max', 'strategic'), signed('max', 'final')]),
      'signed twice',
    ],
    [
      'the critic as one of two in production',
      asked('production', critics),
      'two people',
    ],
    [
      'the critic as one of two in preview',
      asked('preview', critics),
      undefined,
    ],
    [
      'the critic as one of two for something destructive',
      asked('preview', critics, { chain: twoBecause }),
      'two people',
    ],
    [
      'two people for something destructive',
      asked(
        'development',
        [signed('ada', 'strategic'), signed('ben', 'final')],
        { ...two, chain: twoBecause },
      ),
      undefined,
    ],
    [
      'one person for something destructive',
      asked('development', [signed('ada', 'final')], { chain: twoBecause }),
      'two people',
    ],
    [
      'only the critic',
      asked('critical', [signed('agent:critic', 'strategic')], {
        requiredRoles: ['strategic'],
      }),
      'two people',
    ],
    [
      'only the critic, outside production',
      asked('preview', [signed('agent:critic', 'strategic')], {
        requiredRoles: ['strategic'],
      }),
      'no person',
    ],
    [
      'a rejection beside two signatures',
      asked('staging', [signed('ben', 'final', 'reject')]),
      'rejected',
    ],
    [
      'an agent as final',
      asked('staging', [signed('agent:planner', 'final')]),
      'no person',
    ],
    [
      'the critic where it may not sign',
      asked('staging', critics, two),
      'no person',
    ],
    [
      'the critic as final',
      asked(
        'preview',
        [signed('chiara', 'strategic'), signed('agent:critic', 'final')],
        two,
      ),
      'no person',
    ],
  ])('%s: %#', (_what, approval, expected) => {
    expect(signaturesMissing(policy, approval) ?? 'nothing').toContain(
      expected ?? 'nothing',
    );
  });
});
