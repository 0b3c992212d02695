import { mockServices } from '@backstage/backend-test-utils';
import { readApprovalPolicy } from './readApprovalPolicy';

const read = (approvals: object) =>
  readApprovalPolicy(
    mockServices.rootConfig({ data: { agentic: { approvals } } }),
  );

describe('readApprovalPolicy', () => {
  it('has defaults under which nobody can approve anything', () => {
    expect(readApprovalPolicy(mockServices.rootConfig())).toEqual({
      roles: { strategic: [], final: [] },
      environments: {
        development: {
          requiredRoles: ['final'],
          requesterMayApprove: true,
          criticMaySign: false,
          production: false,
        },
        staging: {
          requiredRoles: ['final'],
          requesterMayApprove: false,
          criticMaySign: false,
          production: false,
        },
        production: {
          requiredRoles: ['strategic', 'final'],
          requesterMayApprove: false,
          criticMaySign: false,
          production: true,
        },
      },
      order: 'fixed',
      expiresAfterHours: 72,
      remindAtShare: 0.5,
      escalateAtShare: 0.8,
      escalateTo: [],
      blindSeconds: 10,
    });
  });

  it('adds environments and keeps what is not said', () => {
    const { environments } = read({
      environments: {
        staging: { requiredRoles: ['strategic'] },
        qa: { requiredRoles: ['strategic', 'final'], criticMaySign: true },
        live: { requiredRoles: ['strategic', 'final'], production: true },
        prod: { requiredRoles: ['strategic', 'final'] },
      },
    });
    expect(environments).toMatchObject({
      staging: { requiredRoles: ['strategic'], requesterMayApprove: false },
      qa: { criticMaySign: true, production: false },
      live: { production: true },
      prod: { production: true },
      production: { requiredRoles: ['strategic', 'final'], production: true },
    });
  });

  it('escalates after it has reminded, wherever the reminder is put', () => {
    expect(read({ remindAtShare: 0.9 }).escalateAtShare).toBe(0.9);
  });

  it.each([
    [
      { environments: { staging: { requiredRoles: ['ceo'] } } },
      'environments.staging.requiredRoles',
    ],
    [
      { environments: { qa: { requesterMayApprove: false } } },
      'environments.qa.requiredRoles',
    ],
    [
      { environments: { staging: { requesterMayApprove: true } } },
      'environments.staging.requesterMayApprove',
    ],
    [
      { environments: { production: { criticMaySign: true } } },
      'environments.production.criticMaySign',
    ],
    [
      { environments: { production: { requiredRoles: ['final'] } } },
      'environments.production.requiredRoles',
    ],
    [
      { environments: { production: { production: false } } },
      'environments.production.production',
    ],
    [
      { environments: { development: { production: true } } },
      'environments.development.production',
    ],
    [
      {
        environments: {
          live: { production: true, requiredRoles: ['final', 'final'] },
        },
      },
      'environments.live.requiredRoles',
    ],
    [{ order: 'random' }, 'order'],
    [{ expiresAfterHours: 0 }, 'expiresAfterHours'],
    [{ remindAtShare: 1 }, 'remindAtShare'],
    [{ remindAtShare: 0.6, escalateAtShare: 0.5 }, 'escalateAtShare'],
    [{ blindSeconds: -1 }, 'blindSeconds'],
  ])('refuses %j naming %s', (approvals, key) => {
    expect(() => read(approvals)).toThrow(`agentic.approvals.${key}`);
  });
});
