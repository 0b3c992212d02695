import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { outside } from './CrashingKnex';
import { DECLARED_TOOL } from './modelAgent';
import type { Granted } from './ModelPortal';
import type { ModelWorld, Witness } from './ModelWorld';
import type { Scenario } from './Scenario';

/** Who has to have signed, by environment, and may have. Written down here a second time on purpose. */
const SIGNATURES = {
  development: [['user:default/ben', 'user:default/ada']],
  staging: [['user:default/ben']],
  production: [['user:default/chiara'], ['user:default/ben']],
} as const;

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
  violations: string[];
}): Witness {
  const { knex, scenario, world, granted, violations } = options;
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
        .select('decided_by');
      const signers = decisions.map(each => each.decided_by as string);
      must(
        SIGNATURES[scenario.environment].every(holders =>
          signers.some(signer =>
            (holders as readonly string[]).includes(signer),
          ),
        ),
        `signatures are missing: ${signers.join(', ')}`,
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
      const acted = own.map(fact => fact.did).lastIndexOf('execute');
      must(
        acted < 0 || own.slice(acted).some(fact => fact.did === 'look'),
        'it was executed before, and nobody has looked since',
      );
    });
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
