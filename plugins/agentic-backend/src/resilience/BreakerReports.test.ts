import type { DependencyState } from '@agentic-backstage/plugin-agentic-common';
import { mockServices } from '@backstage/backend-test-utils';
import { quietLogger } from '../__testUtils__/quietServices';
import { BreakerReports } from './BreakerReports';
import { DEFAULT_LIMITS } from './dependencyLimits';

const git = (breaker: DependencyState['breaker']): DependencyState => ({
  id: 'tool:git',
  kind: 'tool',
  breaker,
  since: '2026-01-01T00:00:00.000Z',
  failures: 5,
  lastFailure: { at: '2026-01-01T00:00:00.000Z', message: 'no route' },
  running: 0,
  queued: 0,
  limits: DEFAULT_LIMITS,
});

function watch() {
  const audited: string[] = [];
  const told: string[] = [];
  const reports = new BreakerReports({
    auditor: mockServices.auditor.mock({
      createEvent: async ({ eventId }) => {
        audited.push(eventId);
        return { success: async () => {}, fail: async () => {} };
      },
    }),
    logger: quietLogger,
    incidents: {
      breakerChanged: ({ id, breaker }) => told.push(`${id} ${breaker}`),
    },
  });
  return { audited, told, reports };
}

describe('BreakerReports', () => {
  it('tells of an outage once, however often it is tried again, and of its end', () => {
    const { audited, told, reports } = watch();
    for (const breaker of ['open', 'half_open', 'open', 'half_open'] as const) {
      reports.changed(git(breaker));
    }
    expect(told).toEqual(['tool:git open']);
    reports.changed(git('closed'));
    expect(told).toEqual(['tool:git open', 'tool:git closed']);
    expect(audited).toEqual([
      'breaker-opened',
      'breaker-opened',
      'breaker-closed',
    ]);
  });

  it('tells of the next outage again', () => {
    const { told, reports } = watch();
    reports.changed(git('open'));
    reports.changed(git('closed'));
    reports.changed(git('open'));
    expect(told).toEqual(['tool:git open', 'tool:git closed', 'tool:git open']);
  });

  it('tells each dependency from the others', () => {
    const { told, reports } = watch();
    reports.changed(git('open'));
    reports.changed({ ...git('open'), id: 'evaluator:opa' });
    expect(told).toEqual(['tool:git open', 'evaluator:opa open']);
  });
});
