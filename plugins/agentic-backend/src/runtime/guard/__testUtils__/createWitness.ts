import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_LIMITS } from '../../../limits/limitsConfig';
import { outside } from './CrashingKnex';
import { DECLARED_TOOL } from './modelAgent';
import { TEAM, type Granted, type ModelPortal } from './ModelPortal';
import type { ModelWorld, Witness } from './ModelWorld';
import type { Scenario } from './Scenario';

/** Who has to have signed, by environment, and may have. Written down here a second time on purpose. */
const SIGNATURES = {
  development: [['user:default/ben', 'user:default/ada']],
  staging: [['user:default/ben']],
  production: [['user:default/chiara'], ['user:default/ben']],
} as const;

const RUN_STEPS = DEFAULT_LIMITS.budgets.run.steps!;

/**
 * Looks, at the moment a tool is told to change the world, whether everything that has to be true is
 * true: from the tables and from what the model itself has seen, not from what the guard says. Puts
 * what is not into `violations`.
 */
export function createWitness(options: {
  knex: Knex;
  scenario: Scenario;
  world: () => ModelWorld;
  granted: (approvalId: string) => Granted | undefined;
  surroundings: () => Pick<ModelPortal, 'requesterRefs' | 'replicas'>;
  violations: string[];
}): Witness {
  const { knex, scenario, world, granted, surroundings, violations } = options;
  return call =>
    outside(async () => {
      const { tool, params, idempotencyKey, workflowId } = call;
      const must = (holds: boolean, what: string): void => {
        if (!holds) violations.push(`executed, but ${what}`);
      };
      const row = await knex('effects')
        .where('effect_id', idempotencyKey)
        .first();
      must(row !== undefined, 'its key is of no effect on record');
      if (!row) return;
      const { facts } = world();
      const id = row.effect_id;

      must(row.status === 'started', 'it was not on record as begun');
      must(
        row.tool === tool && isDeepStrictEqual(JSON.parse(row.params), params),
        'with another tool or other parameters than are on record',
      );
      must(tool === DECLARED_TOOL, 'its agent has not declared the tool');

      const dryRun = JSON.parse(row.dry_run);
      must(
        facts.some(
          fact =>
            fact.did === 'dryRun' &&
            fact.mark === dryRun?.summary &&
            isDeepStrictEqual(fact.params, params),
        ),
        'no dry run of these parameters is stored',
      );
      const judged = facts.filter(
        fact => fact.did === 'judge' && isDeepStrictEqual(fact.params, params),
      );
      const said = scenario.verdicts[params.name] ?? 'allow';
      must(judged.length > 0, 'policy was not asked about these parameters');
      must(
        JSON.parse(row.verdict).decision ===
          (said === 'silent' ? 'needs_review' : said) && said !== 'deny',
        'the verdict on record is not what policy says, or denies it',
      );

      const workflow = await knex('workflows').where('id', workflowId).first();
      const approval = await knex('approvals')
        .where('id', row.approval_id ?? '')
        .first();
      must(approval?.status === 'approved', 'it is not approved');
      must(
        approval?.plan_hash === workflow.plan_hash,
        'what was approved is another plan',
      );
      must(
        (approval?.expires_at ?? '') > new Date().toISOString(),
        'its approval has expired',
      );
      const seen = granted(row.approval_id);
      const now = await knex('effects')
        .where('approval_id', row.approval_id ?? '')
        .select('effect_id', 'tool', 'params');
      must(
        seen !== undefined &&
          sameEffects(
            seen.effects,
            now.map(each => ({ ...each, effectId: each.effect_id })),
          ),
        'what was approved is not what is there now',
      );
      const decisions = await knex('approval_decisions')
        .where({ approval_id: row.approval_id ?? '', decision: 'approve' })
        .orderBy('id')
        .select('decided_by', 'role');
      const signers = decisions.map(each => each.decided_by as string);
      const roles = decisions.map(each => each.role as string);
      must(
        SIGNATURES[scenario.environment].every(holders =>
          signers.some(signer =>
            (holders as readonly string[]).includes(signer),
          ),
        ),
        `signatures are missing: ${signers.join(', ')}`,
      );

      must(
        !roles.includes('strategic') ||
          roles.indexOf('strategic') < roles.indexOf('final'),
        'the final approver signed before the strategic one',
      );

      const lane = await knex('lane_changes')
        .where('agent', 'maker')
        .orderBy('seq', 'desc')
        .first();
      must(
        scenario.declared === 'execute' && lane?.to_lane === 'execute',
        `its agent declares ${scenario.declared} and is in lane ${lane?.to_lane}`,
      );
      const stop = await knex('kill_switches').whereNull('released_at').first();
      must(stop === undefined, 'agents are stopped');

      const own = facts.filter(
        fact => 'effectId' in fact && fact.effectId === id,
      );
      must(
        !own.some(fact => fact.did === 'undo'),
        'it was undone before under the same record',
      );
      const { requesterRefs, replicas } = surroundings();
      must(requesterRefs.includes(TEAM), 'its requester may not ask for it');
      must(replicas === 1, 'another replica would not see what it makes');
      for (const lack of await lacksAround(knex, row, own.length > 0)) {
        must(false, lack);
      }
      const acted = own.map(fact => fact.did).lastIndexOf('execute');
      must(
        acted < 0 || own.slice(acted).some(fact => fact.did === 'look'),
        'it was executed before, and nobody has looked since',
      );
    });
}

/** What the tables say about the critic, the budget and earlier tries, where that forbids the effect. */
async function lacksAround(
  knex: Knex,
  row: Record<string, string>,
  wasBegun: boolean,
): Promise<string[]> {
  const { workflow_id, task_id, effect_id, tool, params_digest } = row;
  const lacks: string[] = [];
  const verdict = await knex('critic_verdicts')
    .where({ workflow_id, task_id, stage: 'effects' })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first();
  if (!verdict || verdict.decision === 'block') {
    lacks.push('the critic has not let it pass');
  }
  if (verdict && verdict.expires_at < new Date().toISOString()) {
    lacks.push('the verdict of the critic has run out');
  }
  const used = await knex('usage_totals')
    .where({ scope: 'run', subject: workflow_id })
    .first('steps');
  const others = await knex('effects')
    .where({ workflow_id, task_id })
    .whereNot({ effect_id })
    .whereIn('status', ['started', 'confirmed', 'unknown']);
  const steps = used?.steps ?? 0;
  if (!(steps > 0)) lacks.push('it was not counted');
  if (steps > RUN_STEPS && others.length === 0 && !wasBegun) {
    lacks.push('its run has used up its budget');
  }
  const traces = await knex('effect_traces').orderBy('id');
  const kinds = traces.map(each => each.kind as string);
  const failures = traces
    .slice(kinds.lastIndexOf('fresh_count') + 1)
    .filter(
      each =>
        ['failed', 'undone'].includes(each.kind) &&
        each.tool === tool &&
        each.digest === params_digest,
    );
  if (failures.length > 2) {
    lacks.push('it has failed three times, and no person has looked');
  }
  return lacks;
}

function sameEffects(
  one: Granted['effects'],
  other: Granted['effects'],
): boolean {
  const plain = (effects: Granted['effects']) =>
    effects
      .map(({ effectId, tool, params }) => `${effectId} ${tool} ${params}`)
      .sort();
  return isDeepStrictEqual(plain(one), plain(other));
}
