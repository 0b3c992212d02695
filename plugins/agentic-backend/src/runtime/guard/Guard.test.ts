import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { toolContext } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { Knex } from 'knex';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AgenticDatabase } from '../../database/AgenticDatabase';
import { putProposedEffects, type NewEffect } from '../../database/EffectStore';
import {
  createTestHost,
  type TestHost,
} from '../../__testUtils__/createTestHost';
import { testDatabases } from '../../__testUtils__/databases';
import { testLender } from '../../__testUtils__/testLender';
import { quietLogger } from '../../__testUtils__/quietServices';
import { createWorldTool, SampleWorld } from '../../__testUtils__/sampleWorld';
import { Dependencies } from '../../resilience/Dependencies';
import { digestOf } from '../canonicalJson';
import { PolicyDecisionPoint } from '../PolicyDecisionPoint';
import { Registry } from '../Registry';
import { EffectLedger } from './EffectLedger';
import { createGates } from './gates/createGates';
import { Guard } from './Guard';
import { InFlight } from './InFlight';

jest.setTimeout(60_000);

describe('Guard', () => {
  const databases = testDatabases();
  const newWorld = () =>
    new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-guard-')));

  describe.each(databases.names)(
    'between approval and execution on %s',
    name => {
      let host: TestHost;
      let knex: Knex;
      let world: SampleWorld;
      let id: string;

      beforeEach(async () => {
        knex = await databases.open(name);
        world = newWorld();
        host = await createTestHost({ knex, world });
        id = await host.create({});
        await host.reaches(id, 'awaiting_approval');
        await host.host.workflows.pause(id, 'user:default/ada', '');
        await host.approve(id);
      });
      afterEach(() => host.shutdown());

      it('does what was approved', async () => {
        await host.host.workflows.resume(id, 'user:default/ada', '');
        await host.reaches(id, 'completed');
        expect(world.ledger).toEqual(['made repo', 'made process']);
      });

      it.each<[string, (db: Knex) => Promise<unknown>, string]>([
        [
          'other parameters',
          db =>
            db('effects')
              .where('effect_key', 'repo')
              .update({ params: '{"name":"evil"}' }),
          'its parameters are not the ones that were dry-run',
        ],
        [
          'other parameters with a digest to match',
          db =>
            db('effects')
              .where('effect_key', 'repo')
              .update({
                params: '{"name":"evil"}',
                // SHA-256 of the canonical JSON of these parameters.
                params_digest: digestOf({ name: 'evil' }),
              }),
          'its approval covers other effects',
        ],
        [
          'another tool',
          db =>
            db('effects')
              .where('effect_key', 'repo')
              .update({ tool: 'world.break' }),
          'has not declared tool',
        ],
        [
          'one effect more under the same approval',
          async db => {
            const row = await db('effects').where('effect_key', 'repo').first();
            await db('effects').insert({
              ...row,
              effect_id: `${row.effect_id}-x`,
              effect_key: 'extra',
            });
          },
          'its approval covers other effects',
        ],
        [
          'a plan that changed',
          db => db('workflows').update({ plan_hash: 'f'.repeat(64) }),
          'the plan has changed',
        ],
        [
          'an approval that has expired',
          db =>
            db('approvals').update({ expires_at: '2020-01-01T00:00:00.000Z' }),
          'its approval expired',
        ],
        [
          'a verdict that denies',
          db =>
            db('effects').update({
              verdict: JSON.stringify({
                decision: 'deny',
                reasons: ['no'],
                violations: [],
                evaluators: ['x'],
              }),
            }),
          'policy denies it',
        ],
      ])('does nothing with %s', async (_what, tamper, reason) => {
        await tamper(knex);
        await host.host.workflows.resume(id, 'user:default/ada', '');
        await host.reaches(id, 'failed');
        expect((await host.host.store.row(id))?.error).toContain(reason);
        expect(world.ledger).toEqual([]);
      });

      it('asks again when its approval is void, and does nothing before', async () => {
        await knex('approvals').update({ status: 'void' });
        await host.host.workflows.resume(id, 'user:default/ada', '');
        for (let open = 0; open === 0; ) {
          const asked = await host.host.approvals.list({
            workflowId: id,
            status: 'open',
          });
          open = asked.length;
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        expect(world.ledger).toEqual([]);
      });
    },
  );

  describe('for an agent', () => {
    const registry = new Registry();
    const world = newWorld();
    registry.addTool(createWorldTool(world));
    let guard: Guard;
    let putEffect: (effect: NewEffect) => Promise<void>;
    beforeAll(async () => {
      const knex = await databases.open('SQLite');
      await AgenticDatabase.create({ getClient: async () => knex });
      const dependencies = new Dependencies({
        tools: registry.tools,
        evaluators: registry.evaluators,
        logger: quietLogger,
      });
      guard = new Guard({
        knex,
        registry,
        policy: new PolicyDecisionPoint(registry, dependencies),
        dependencies,
        inFlight: new InFlight(),
        ledger: new EffectLedger(knex),
        secrets: testLender(knex),
        gates: createGates({
          registry,
          lanes: { effective: async ({ lane }) => lane },
        }),
      });
      putEffect = effect =>
        knex.transaction(trx =>
          putProposedEffects(trx, { workflowId: 'wf-1', taskId: 't1' }, [
            effect,
          ]),
        );
    });

    const workflow = {
      id: 'wf-1',
      environment: 'staging',
      requestedBy: 'user:default/ada',
      planHash: '',
    };
    const agent = (
      lane: 'read_only' | 'dry_run' | 'execute',
      tools: string[],
    ) =>
      createAgent({
        id: 'probe',
        title: 'Probe',
        description: 'Tries things',
        version: '1.0.0',
        lane,
        input: z.unknown(),
        output: z.unknown(),
        emits: [],
        tools,
        execute: async () => undefined,
      });
    const propose = (
      lane: 'read_only' | 'dry_run' | 'execute',
      tools: string[],
      params: object,
    ) =>
      guard.propose({
        agent: agent(lane, tools),
        proposal: {
          key: 'k',
          tool: 'world.make',
          params: { ...params },
          round: 1,
        },
        workflow,
        attempt: 1,
        context: toolContext({}),
      });

    it.each([
      [
        'in lane read_only',
        'read_only' as const,
        ['world.make'],
        { name: 'a' },
        'is in lane read_only',
      ],
      [
        'that has not declared the tool',
        'execute' as const,
        [],
        { name: 'a' },
        'has not declared',
      ],
      [
        'with wrong parameters',
        'execute' as const,
        ['world.make'],
        { nam: 'a' },
        'name:',
      ],
      [
        'with parameters the tool refuses',
        'execute' as const,
        ['world.make'],
        { name: 'forbidden' },
        'Choose another',
      ],
    ])('%s proposes nothing', async (_what, lane, tools, params, reason) => {
      await expect(propose(lane, tools, params)).rejects.toThrow(reason);
      expect(world.ledger).toEqual([]);
    });

    it('puts a dry run and a verdict on record, and changes nothing', async () => {
      const effect = await propose('execute', ['world.make'], { name: 'a' });
      expect(effect).toMatchObject({
        dryRun: { summary: 'would make a' },
        verdict: {
          decision: 'needs_review',
          reasons: ['No policy covers this'],
        },
      });
      expect(world.ledger).toEqual([]);
    });

    it('in lane dry_run gets its dry run, and is refused when it wants to act', async () => {
      const effect = await propose('dry_run', ['world.make'], { name: 'a' });
      expect(effect.dryRun.summary).toBe('would make a');
      await putEffect(effect);
      await expect(
        guard.apply({
          agent: agent('dry_run', ['world.make']),
          key: 'k',
          workflow,
          attempt: 1,
          context: toolContext({}),
        }),
      ).rejects.toThrow('is in lane dry_run');
      expect(world.ledger).toEqual([]);
    });

    it('does not let a tool that changes the world be called as a read', async () => {
      await expect(
        guard.read({
          agent: agent('execute', ['world.make']),
          toolId: 'world.make',
          params: { name: 'a' },
          workflow,
          attempt: 1,
          context: toolContext({}),
        }),
      ).rejects.toThrow('propose it as an effect');
    });

    it('does not execute what no dry run is on record', async () => {
      await expect(
        guard.apply({
          agent: agent('execute', ['world.make']),
          key: 'unknown',
          workflow,
          attempt: 1,
          context: toolContext({}),
        }),
      ).rejects.toThrow('no dry run is on record');
    });
  });
});
