import { mockServices } from '@backstage/backend-test-utils';
import path from 'node:path';
import { readAgenticConfig } from './config';

const read = (agentic: object) =>
  readAgenticConfig(mockServices.rootConfig({ data: { agentic } }));

describe('readAgenticConfig', () => {
  it('has defaults under which nobody can approve anything', () => {
    expect(readAgenticConfig(mockServices.rootConfig())).toEqual({
      dataDir: path.resolve('.agentic'),
      engine: { kind: undefined, schema: 'agentic_engine' },
      approvals: {
        roles: { strategic: [], final: [] },
        environments: {
          development: { requiredRoles: ['final'], requesterMayApprove: true },
          staging: { requiredRoles: ['final'], requesterMayApprove: false },
          production: {
            requiredRoles: ['strategic', 'final'],
            requesterMayApprove: false,
          },
        },
        expiresAfterHours: 72,
      },
      retention: { engineDays: 7, outboxDays: 30 },
    });
  });

  it('adds environments and keeps what is not said', () => {
    const { environments } = read({
      approvals: {
        environments: {
          staging: { requiredRoles: ['strategic'] },
          qa: { requiredRoles: ['final'] },
        },
      },
    }).approvals;
    expect(environments).toMatchObject({
      staging: { requiredRoles: ['strategic'], requesterMayApprove: false },
      qa: { requiredRoles: ['final'], requesterMayApprove: false },
      production: { requiredRoles: ['strategic', 'final'] },
    });
  });

  it.each([
    [{ engine: { kind: 'redis' } }, 'agentic.engine.kind'],
    [
      { approvals: { environments: { staging: { requiredRoles: ['ceo'] } } } },
      'agentic.approvals.environments.staging.requiredRoles',
    ],
    [
      { approvals: { environments: { qa: { requesterMayApprove: false } } } },
      'agentic.approvals.environments.qa.requiredRoles',
    ],
    [
      {
        approvals: { environments: { staging: { requesterMayApprove: true } } },
      },
      'agentic.approvals.environments.staging.requesterMayApprove',
    ],
    [
      { approvals: { expiresAfterHours: 0 } },
      'agentic.approvals.expiresAfterHours',
    ],
    [{ retention: { engineDays: -1 } }, 'agentic.retention.engineDays'],
  ])('refuses %j naming %s', (agentic, key) => {
    expect(() => read(agentic)).toThrow(key);
  });
});
