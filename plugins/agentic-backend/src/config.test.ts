import { mockServices } from '@backstage/backend-test-utils';
import path from 'node:path';
import { readAgenticConfig } from './config';
import { readApprovalPolicy } from './runtime/approval/readApprovalPolicy';

const read = (agentic: object) =>
  readAgenticConfig(mockServices.rootConfig({ data: { agentic } }));

describe('readAgenticConfig', () => {
  it('has defaults under which nobody can approve anything', () => {
    expect(readAgenticConfig(mockServices.rootConfig())).toMatchObject({
      dataDir: path.resolve('.agentic'),
      engine: { kind: undefined, schema: 'agentic_engine' },
      approvals: readApprovalPolicy(mockServices.rootConfig()),
      critic: { validHours: 24, unknownCost: { development: 'note' } },
      retention: { engineDays: 7, outboxDays: 30, incidentDays: 365 },
    });
  });

  it.each([
    [{ engine: { kind: 'redis' } }, 'agentic.engine.kind'],
    [
      { approvals: { expiresAfterHours: 0 } },
      'agentic.approvals.expiresAfterHours',
    ],
    [{ critic: { validHours: 0 } }, 'agentic.critic.validHours'],
    [
      { critic: { unknownCost: { staging: 'maybe' } } },
      'agentic.critic.unknownCost.staging',
    ],
    [{ retention: { engineDays: -1 } }, 'agentic.retention.engineDays'],
    [{ retention: { payloadDays: 0 } }, 'agentic.retention.payloadDays'],
  ])('refuses %j naming %s', (agentic, key) => {
    expect(() => read(agentic)).toThrow(key);
  });
});
