import type { Knex } from 'knex';
import { ADA } from '../../../__testUtils__/createTestHost';
import { insertSwitch } from '../../../killSwitch/KillSwitchStore';
import { digestOf } from '../../canonicalJson';
import type { ModelPortal } from './ModelPortal';
import type { Tampering } from './Scenario';

const EVIL = { name: 'repo', size: 99 };

/** Changes something behind the product's back. Answers whether there was something to change. */
export async function tamper(
  what: Tampering,
  { knex, portal }: { knex: Knex; portal: ModelPortal },
): Promise<boolean> {
  const id = portal.workflowId!;
  const effects = () => knex('effects').where('workflow_id', id);
  const approvals = () => knex('approvals').where('workflow_id', id);
  const demote = async (lane: string) => {
    const [{ last }] = await knex('lane_changes').max({ last: 'seq' });
    await setLane(knex, lane, Number(last) + 1);
    return true;
  };
  switch (what) {
    case 'parameters':
      return done(effects().update({ params: JSON.stringify(EVIL) }));
    case 'parameters and digest':
      return done(
        effects().update({
          params: JSON.stringify(EVIL),
          params_digest: digestOf(EVIL),
        }),
      );
    case 'one effect more': {
      const row = await effects().whereNotNull('approval_id').first();
      if (!row) return false;
      const effect_id = `${row.effect_id}-x`;
      if (await knex('effects').where({ effect_id }).first()) return false;
      await knex('effects').insert({ ...row, effect_id, effect_key: 'extra' });
      return true;
    }
    case 'dry run lost':
      return done(effects().update({ dry_run: 'null' }));
    case 'verdict denies':
      return done(
        effects().update({
          verdict: JSON.stringify({
            decision: 'deny',
            reasons: ['no'],
            violations: [],
            evaluators: [],
          }),
        }),
      );
    case 'plan':
      return done(
        knex('workflows')
          .where({ id })
          .update({ plan_hash: 'f'.repeat(64) }),
      );
    case 'approval void':
      return done(approvals().update({ status: 'void' }));
    case 'approval rejected':
      return done(approvals().update({ status: 'rejected' }));
    case 'approval expired':
      return done(
        approvals().update({ expires_at: '2020-01-01T00:00:00.000Z' }),
      );
    case 'signatures removed':
      return done(
        knex('approval_decisions')
          .whereIn('approval_id', approvals().select('id'))
          .delete(),
      );
    case 'demoted to dry_run':
      return demote('dry_run');
    case 'demoted to read_only':
      return demote('read_only');
    case 'effect undone by a person': {
      const row = await effects()
        .whereIn('status', ['started', 'confirmed', 'failed', 'unknown'])
        .first();
      if (!row) return false;
      portal.undoneByPeople.add(row.task_id);
      await portal.host.compensation.undo(id, row.effect_id);
      return true;
    }
    case 'agents stopped':
      // As another process would: nobody tells this one.
      await knex.transaction(trx =>
        insertSwitch(trx, { engagedBy: 'user:default/ben', reason: 'model' }),
      );
      return true;
    case 'critic blocks':
      return changeVerdicts(knex, id, { decision: 'block' });
    case 'critic verdict ran out':
      return changeVerdicts(knex, id, {
        expiresAt: '2020-01-01T00:00:00.000Z',
      });
    case 'requester left the team':
      portal.requesterRefs = [ADA.userEntityRef];
      return true;
    case 'a second replica':
      portal.replicas = 2;
      return true;
    case 'budget used up':
      return done(
        knex('usage_totals')
          .where({ scope: 'run', subject: id })
          .update({ steps: 1_000_000 }),
      );
    case 'same call failed three times':
      for (const row of await effects()) {
        await knex('effect_traces').insert(
          Array(3).fill({
            workflow_id: id,
            task_id: row.task_id,
            service_name: 'model-service',
            environment: 'staging',
            tool: row.tool,
            digest: row.params_digest,
            kind: 'failed',
            at: new Date().toISOString(),
          }),
        );
      }
      return true;
    default:
      throw new Error(`Unknown tampering ${what satisfies never}`);
  }
}

/** Gives the agent a lane, as a person's decision would. */
export async function setLane(
  knex: Knex,
  lane: string,
  seq: number,
): Promise<void> {
  await knex('lane_changes').insert({
    agent: 'maker',
    seq,
    from_lane: 'read_only',
    to_lane: lane,
    source: 'person',
    changed_by: 'user:default/ada',
    reason: 'model',
    agent_version: '1.0.0',
    at: new Date().toISOString(),
  });
}

/** Changes what the critic has said about the effects of a workflow. */
async function changeVerdicts(
  knex: Knex,
  workflowId: string,
  change: { decision?: 'block'; expiresAt?: string },
): Promise<boolean> {
  const rows = await knex('critic_verdicts').where({
    workflow_id: workflowId,
    stage: 'effects',
  });
  for (const { id, body } of rows) {
    const verdict = { ...JSON.parse(body), ...change };
    await knex('critic_verdicts')
      .where({ id })
      .update({
        decision: verdict.decision,
        expires_at: verdict.expiresAt,
        body: JSON.stringify(verdict),
      });
  }
  return rows.length > 0;
}

async function done(change: PromiseLike<number>): Promise<boolean> {
  return (await change) > 0;
}
