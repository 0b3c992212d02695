import {
  TERMINAL_PHASES,
  WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import fc from 'fast-check';
import { isLiving, whyKept, type Living } from './Living';

const OLDER_THAN = new Date('2026-11-07T00:00:00.000Z');
const LONG_AGO = '2026-10-01T00:00:00.000Z';
const YESTERDAY = '2026-11-20T00:00:00.000Z';

const LIVING: Living = {
  workflows: new Map([
    ['wf-live', true],
    ['wf-over', false],
  ]),
  services: new Set(['orders']),
  deployments: new Set(['local-1']),
};

describe('isLiving', () => {
  it.each(
    WorkflowPhase.options.map(
      phase => [phase, !TERMINAL_PHASES.includes(phase)] as const,
    ),
  )('a workflow that is %s since long: %s', (phase, expected) => {
    const workflow = { id: 'wf', phase, updatedAt: LONG_AGO, stuck: false };
    expect(isLiving(workflow, OLDER_THAN)).toBe(expected);
  });

  it.each(TERMINAL_PHASES)(
    'a workflow that became %s a short while ago may still be retried',
    phase => {
      const workflow = { id: 'wf', phase, updatedAt: YESTERDAY, stuck: false };
      expect(isLiving(workflow, OLDER_THAN)).toBe(true);
    },
  );

  it.each(TERMINAL_PHASES)(
    'a workflow that is %s and could not be undone lives until a person has seen to it',
    phase => {
      const workflow = { id: 'wf', phase, updatedAt: LONG_AGO, stuck: true };
      expect(isLiving(workflow, OLDER_THAN)).toBe(true);
    },
  );
});

describe('whyKept', () => {
  it.each<[string, Parameters<typeof whyKept>[0]['belongsTo'], RegExp]>([
    ['nobody', {}, /does not say whose/],
    ['a living workflow', { workflows: ['wf-live'] }, /wf-live/],
    ['a workflow that is over', { workflows: ['wf-over'] }, /^may go$/],
    ['a workflow nobody knows', { workflows: ['wf-else'] }, /not on record/],
    ['a registered service', { services: ['orders'] }, /orders/],
    ['a service that is gone', { services: ['old'] }, /^may go$/],
    ['a running deployment', { deployments: ['local-1'] }, /local-1/],
    ['a deployment that ended', { deployments: ['local-2'] }, /^may go$/],
    [
      'a workflow that is over and a living service',
      { workflows: ['wf-over'], services: ['orders'] },
      /orders/,
    ],
    [
      'a dead service and a living workflow',
      { workflows: ['wf-live'], services: ['old'] },
      /wf-live/,
    ],
  ])('what belongs to %s', (_whose, belongsTo, expected) => {
    const why = whyKept({ belongsTo }, LIVING, { ownerNeeded: true });
    expect(why ?? 'may go').toMatch(expected);
  });

  it('lets rows go that belong to nobody', () => {
    expect(
      whyKept({ belongsTo: {} }, LIVING, { ownerNeeded: false }),
    ).toBeUndefined();
  });

  it('never lets anything go that belongs to something living', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-e]{1,2}$/), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.record({
          workflows: ids,
          services: ids,
          deployments: ids,
        }),
        fc.array(fc.tuple(fc.stringMatching(/^[a-e]{1,2}$/), fc.boolean())),
        ids,
        ids,
        fc.boolean(),
        (belongsTo, workflows, services, deployments, ownerNeeded) => {
          const living: Living = {
            workflows: new Map(workflows),
            services: new Set(services),
            deployments: new Set(deployments),
          };
          const touchesLife =
            belongsTo.workflows.some(
              id => living.workflows.get(id) !== false,
            ) ||
            belongsTo.services.some(id => living.services.has(id)) ||
            belongsTo.deployments.some(id => living.deployments.has(id));
          const why = whyKept({ belongsTo }, living, { ownerNeeded });
          expect(touchesLife && why === undefined).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
