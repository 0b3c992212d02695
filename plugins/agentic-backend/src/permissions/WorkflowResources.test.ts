import {
  workflowConditions,
  workflowPermissionRules,
  type WorkflowResourceFilter,
} from '@agentic-backstage/plugin-agentic-node';
import { ConfigReader } from '@backstage/config';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { readAgenticConfig } from '../config';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { WorkflowResources } from './WorkflowResources';

jest.setTimeout(120_000);

const { approvals } = readAgenticConfig(
  new ConfigReader({
    agentic: {
      approvals: {
        roles: {
          strategic: ['group:default/architects'],
          final: ['group:default/leads', 'user:default/zoe'],
        },
      },
    },
  }),
);

const ENVIRONMENTS = ['development', 'staging', 'production', 'elsewhere'];
const OWNERS = ['group:default/payments', 'group:default/search'];
const PEOPLE = ['user:default/ada', 'user:default/dmitri'];
const LANES = ['read_only', 'dry_run', 'execute'] as const;
const APPROVERS = [
  'group:default/architects',
  'group:default/leads',
  'user:default/zoe',
  'user:default/nobody',
];

const rules = Object.values(workflowPermissionRules);
const hold = createConditionAuthorizer(rules);
const toQuery = createConditionTransformer<
  WorkflowResourceFilter,
  typeof rules
>(rules);

type Condition = PermissionCondition<'agentic-workflow'>;
type Criteria = PermissionCriteria<Condition>;

const some = (values: readonly string[]) =>
  fc.subarray([...values], { minLength: 0 });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  some(PEOPLE).map(userRefs => workflowConditions.isRequestedBy({ userRefs })),
  some(OWNERS).map(refs => workflowConditions.isOwnedBy({ refs })),
  some(APPROVERS).map(refs => workflowConditions.mayBeDecidedBy({ refs })),
  some(ENVIRONMENTS).map(environments =>
    workflowConditions.isForEnvironment({ environments }),
  ),
  fc
    .subarray([...LANES])
    .map(lanes => workflowConditions.isInLane({ lanes: [...lanes] })),
);
const { criteria } = fc.letrec<{ criteria: Criteria }>(tie => ({
  criteria: fc.oneof(
    { depthSize: 'small' },
    condition,
    fc
      .array(tie('criteria'), { minLength: 1, maxLength: 3 })
      .map(parts => ({ anyOf: parts as [Criteria, ...Criteria[]] })),
    fc
      .array(tie('criteria'), { minLength: 1, maxLength: 3 })
      .map(parts => ({ allOf: parts as [Criteria, ...Criteria[]] })),
    tie('criteria').map(not => ({ not })),
  ),
}));

/** One workflow of every kind the rules can tell apart. */
async function fill(knex: Knex): Promise<string[]> {
  const ids: string[] = [];
  for (const environment of ENVIRONMENTS) {
    for (const [index, owner] of OWNERS.entries()) {
      for (const lane of LANES) {
        const id = `wf-${ids.length}`;
        ids.push(id);
        await knex('workflows').insert({
          id,
          requested_by: PEOPLE[(ids.length + index) % PEOPLE.length],
          template: 'sample',
          service_name: `service-${ids.length}`,
          environment,
          owner,
          lane,
          phase: 'running',
          plan_id: 'plan',
          plan_hash: 'hash',
          created_at: '2026-01-01T00:00:00.000Z',
          updated_at: '2026-01-01T00:00:00.000Z',
        });
        if (lane === 'dry_run') {
          await knex('approvals').insert({
            id: `approval-${id}`,
            workflow_id: id,
            task_id: 't1',
            plan_hash: 'hash',
            scope_hash: 'hash',
            status: 'open',
            body: JSON.stringify({ requiredRoles: ['strategic'] }),
            created_at: '2026-01-01T00:00:00.000Z',
            expires_at: '2026-01-01T00:00:00.000Z',
          });
        }
      }
    }
  }
  return ids;
}

const databases = testDatabases();

describe.each(databases.names)('WorkflowResources on %s', name => {
  let knex: Knex;
  let resources: WorkflowResources;
  let ids: string[];

  beforeAll(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
    resources = new WorkflowResources(knex, approvals);
    ids = await fill(knex);
  });

  const selected = async (conditions: Criteria): Promise<string[]> => {
    const query = toQuery(conditions);
    const rows = await knex('workflows')
      .select('id')
      .where(inner => resources.narrow(inner, query));
    return rows.map(row => row.id as string).sort();
  };
  const held = async (conditions: Criteria): Promise<string[]> => {
    const found = await resources.get(ids);
    return ids
      .filter((_id, index) =>
        hold(
          {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'agentic',
            resourceType: 'agentic-workflow',
            conditions,
          },
          found[index],
        ),
      )
      .sort();
  };

  it('selects from the database exactly what holds in memory, whatever the conditions', async () => {
    await fc.assert(
      fc.asyncProperty(criteria, async conditions => {
        expect(await selected(conditions)).toEqual(await held(conditions));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      'group:default/architects',
      ['dry_run in development', 'all in production'],
    ],
    ['user:default/zoe', ['all in development', 'all in production']],
  ])('knows what %s may have to sign', async (ref, expected) => {
    const found = await selected(
      workflowConditions.mayBeDecidedBy({ refs: [ref] }),
    );
    const rows = await knex('workflows').whereIn('id', found);
    const has = (text: string) => {
      const [lane, , environment] = text.split(' ');
      return (
        rows.filter(
          row =>
            row.environment === environment &&
            (lane === 'all' || row.lane === lane),
        ).length === (lane === 'all' ? 6 : 2) &&
        (lane === 'all' ||
          rows.filter(row => row.environment === environment).length === 2)
      );
    };
    expect(expected.filter(text => !has(text))).toEqual([]);
  });

  it('answers nothing for an empty choice and for what is not there', async () => {
    expect(
      await knex('workflows').where(inner =>
        resources.narrow(inner, {
          anyOf: [] as unknown as [WorkflowResourceFilter],
        }),
      ),
    ).toEqual([]);
    expect(await resources.get(['wf-0', undefined, 'wf-unknown'])).toEqual([
      expect.objectContaining({ environment: 'development' }),
      undefined,
      undefined,
    ]);
  });
});
