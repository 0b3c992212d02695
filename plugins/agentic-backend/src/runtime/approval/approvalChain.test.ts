import type {
  Effect,
  PlannedChange,
} from '@agentic-backstage/plugin-agentic-common';
import { testPolicy } from '../../__testUtils__/testPolicy';
import { chainFor, destructionReasons } from './approvalChain';

function anEffect(
  change: Partial<PlannedChange> = {},
  destructive = false,
): Pick<Effect, 'tool' | 'blastRadius' | 'dryRun'> {
  return {
    tool: 'world.make',
    blastRadius: { scope: 'service', destructive, description: 'one file' },
    dryRun: {
      summary: '',
      warnings: [],
      changes: [
        { action: 'create', resource: 'process orders', detail: '', ...change },
      ],
    },
  };
}

describe('destructionReasons', () => {
  it.each([
    ['something new', anEffect(), false],
    ['something new in production', anEffect(), true],
    ['a new database', anEffect({ resource: 'database orders' }), true],
    [
      'an update of a database',
      anEffect({
        action: 'update',
        resource: 'database orders',
        detail: 'one more role',
      }),
      true,
    ],
    ['a deleted process', anEffect({ action: 'delete' }), false],
    [
      'a deleted file of a repository',
      anEffect({ action: 'delete', resource: 'src/server.ts' }),
      false,
    ],
    [
      'nothing',
      anEffect({ action: 'none', resource: 'backup of orders' }),
      true,
    ],
  ])('has none for %s (production: %j)', (_what, effect, production) => {
    expect(destructionReasons([effect], production)).toEqual([]);
  });

  it.each([
    [
      'what calls itself destructive',
      anEffect({}, true),
      false,
      'is destructive',
    ],
    [
      'a deleted database',
      anEffect({ action: 'delete', resource: 'database orders' }),
      false,
      'holds data',
    ],
    [
      'deleted backups',
      anEffect({ action: 'delete', resource: 'Backups of orders' }),
      false,
      'holds data',
    ],
    [
      'a deleted snapshot',
      anEffect({
        action: 'delete',
        resource: 'orders',
        detail: 'snapshot of yesterday',
      }),
      false,
      'holds data',
    ],
    [
      'a deleted volume claim',
      anEffect({ action: 'delete', resource: 'PersistentVolumeClaim data' }),
      false,
      'holds data',
    ],
    [
      'a replaced database',
      anEffect({
        action: 'update',
        resource: 'database orders',
        detail: 'must be replaced',
      }),
      false,
      'holds data',
    ],
    [
      'a truncated table',
      anEffect({
        action: 'update',
        resource: 'table orders',
        detail: 'truncated',
      }),
      false,
      'holds data',
    ],
    [
      'a deleted process in production',
      anEffect({ action: 'delete' }),
      true,
      'part of production',
    ],
    [
      'a destroyed process in production',
      anEffect({ action: 'update', detail: 'destroyed and made again' }),
      true,
      'part of production',
    ],
  ])('names %s', (_what, effect, production, reason) => {
    const reasons = destructionReasons([anEffect(), effect], production);
    expect(reasons).toEqual([expect.stringContaining(reason)]);
  });
});

describe('chainFor', () => {
  const drop = anEffect({ action: 'delete', resource: 'database orders' });

  it.each([
    [
      'development',
      [anEffect()],
      {
        requiredRoles: ['final'],
        requesterMayApprove: true,
        criticMaySign: false,
      },
    ],
    [
      'staging',
      [anEffect()],
      {
        requiredRoles: ['final'],
        requesterMayApprove: false,
        criticMaySign: false,
      },
    ],
    [
      'preview',
      [anEffect()],
      {
        requiredRoles: ['strategic', 'final'],
        requesterMayApprove: false,
        criticMaySign: true,
      },
    ],
    [
      'production',
      [anEffect()],
      {
        requiredRoles: ['strategic', 'final'],
        requesterMayApprove: false,
        criticMaySign: false,
      },
    ],
    [
      'unheard-of',
      [anEffect()],
      {
        requiredRoles: ['strategic', 'final'],
        requesterMayApprove: false,
        criticMaySign: false,
      },
    ],
    [
      'development',
      [drop],
      {
        requiredRoles: ['strategic', 'final'],
        requesterMayApprove: true,
        criticMaySign: false,
      },
    ],
    [
      'staging',
      [anEffect(), drop],
      {
        requiredRoles: ['strategic', 'final'],
        requesterMayApprove: false,
        criticMaySign: false,
      },
    ],
    [
      'preview',
      [drop],
      {
        requiredRoles: ['strategic', 'final'],
        requesterMayApprove: false,
        criticMaySign: false,
      },
    ],
  ])('%s: %#', (environment, effects, expected) => {
    const chain = chainFor(testPolicy, environment, effects);
    expect(chain).toMatchObject(expected);
    expect(chain.holders.map(({ role }) => role)).toEqual(chain.requiredRoles);
    expect(chain.twoPeopleBecause.length > 0).toBe(effects.includes(drop));
  });

  it('asks for two people in production whatever is configured', () => {
    const mild = {
      ...testPolicy,
      environments: {
        live: {
          requiredRoles: ['final' as const],
          requesterMayApprove: true,
          criticMaySign: true,
          production: true,
        },
      },
    };
    expect(chainFor(mild, 'live', [anEffect()])).toMatchObject({
      requiredRoles: ['strategic', 'final'],
      requesterMayApprove: false,
      criticMaySign: false,
    });
  });
});
