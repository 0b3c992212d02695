import {
  createAgent,
  createCriticRule,
} from '@agentic-backstage/plugin-agentic-node';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  ADA,
  BEN,
  CHIARA,
  createTestHost,
  testConfig,
  type TestHost,
} from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import {
  SampleWorld,
  type SampleFaults,
  type SampleTask,
} from '../__testUtils__/sampleWorld';
import type { Registry } from '../runtime/Registry';

jest.setTimeout(60_000);

describe('approvals', () => {
  const databases = testDatabases();

  describe.each(databases.names)('on %s', name => {
    let host: TestHost;
    let world: SampleWorld;

    const start = async (
      options: {
        faults?: SampleFaults;
        extend?: (registry: Registry) => void;
        tasks?: readonly SampleTask[];
        approvals?: Partial<ReturnType<typeof testConfig>['approvals']>;
        critic?: Partial<ReturnType<typeof testConfig>['critic']>;
      } = {},
    ): Promise<void> => {
      world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-world-')));
      const config = testConfig(world.folder);
      host = await createTestHost({
        knex: await databases.open(name),
        world,
        faults: options.faults,
        extend: options.extend,
        tasks: options.tasks,
        config: {
          approvals: { ...config.approvals, ...options.approvals },
          critic: { ...config.critic, ...options.critic },
        },
      });
    };
    afterEach(() => host.shutdown());

    const approvalsOf = (workflowId: string) =>
      host.host.approvals.list({ workflowId });
    const openOf = async (workflowId: string) => {
      const [approval] = await host.host.approvals.list({
        workflowId,
        status: 'open',
      });
      return approval;
    };
    const recorded = async (workflowId: string, kind: string) =>
      host.database.knex('record_entries').where({ chain: workflowId, kind });
    const revise = async (
      workflowId: string,
      change: { environment?: string; planHash?: string },
      who = ADA,
    ) => {
      const stored = (await host.host.store.get(workflowId))!;
      return host.host.revisions.revise(
        stored,
        {
          planHash: change.planHash ?? stored.plan.planHash,
          parameters: { environment: change.environment ?? 'development' },
          reason: 'the wrong environment',
        },
        who,
      );
    };

    it('shows the critic’s verdict, the chain and the outcome of each operation', async () => {
      await start();
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      const approval = await openOf(id);
      expect(approval).toMatchObject({
        kind: 'create',
        chain: { order: 'fixed', twoPeopleBecause: [], criticMaySign: false },
        dryRunResults: [
          { outcome: 'needs_review' },
          { outcome: 'needs_review' },
        ],
        critic: [
          { stage: 'effects', taskId: 't3', decision: 'approve' },
          { stage: 'output', taskId: 't1', decision: 'approve' },
          { stage: 'output', taskId: 't2', decision: 'approve' },
        ],
      });
      expect(await recorded(id, 'critic.reviewed')).toHaveLength(3);
    });

    it('stops a task whose output the critic blocks, and says why', async () => {
      await start({
        faults: {
          filesOf: taskId =>
            taskId === 't1' ? [{ path: 'src/a.ts', content: 'x' }] : [],
        },
      });
      const id = await host.create({ environment: 'production' });
      await host.reaches(id, 'failed');
      expect(await host.statuses(id)).toMatchObject({ t1: 'failed' });
      expect((await host.host.store.row(id))?.error).toContain('output.tests');
      expect(world.ledger).toEqual([]);
      expect(await approvalsOf(id)).toEqual([]);
    });

    it('asks a person where it has a doubt about what effects are made from', async () => {
      await start({
        faults: { filesOf: () => [{ path: 'src/a.ts', content: 'x' }] },
      });
      const id = await host.create({ environment: 'preview' });
      await host.reaches(id, 'awaiting_approval');
      const approval = await openOf(id);
      expect(approval.critic?.[0]).toMatchObject({
        decision: 'needs_person',
        findings: [
          { rule: 'plan.earlier-outputs' },
          { rule: 'plan.earlier-outputs' },
        ],
      });
      expect(approval.decisions).toEqual([]);
    });

    it('asks nobody for effects that a rule of a module blocks', async () => {
      await start({
        extend: registry =>
          registry.addCriticRule(
            createCriticRule({
              id: 'team.freeze-window',
              title: 'No changes in December',
              review: ({ effects }) =>
                effects.map(({ effectId }) => ({
                  effectId,
                  decision: 'block',
                  reason: 'We are frozen',
                  remedy: 'Come back in January.',
                })),
            }),
          ),
      });
      const id = await host.create({});
      await host.reaches(id, 'failed');
      expect((await host.host.store.row(id))?.error).toContain(
        'We are frozen (team.freeze-window)',
      );
      expect(await approvalsOf(id)).toEqual([]);
      expect(await recorded(id, 'critic.reviewed')).toHaveLength(3);
    });

    it('lets the critic sign as strategic where it may and has no objection', async () => {
      await start();
      const id = await host.create({ environment: 'preview' });
      await host.reaches(id, 'awaiting_approval');
      expect((await openOf(id)).decisions).toMatchObject([
        { decidedBy: 'agent:critic', role: 'strategic', decision: 'approve' },
      ]);
      expect(world.ledger).toEqual([]);
      await host.approve(id, BEN);
      await host.reaches(id, 'completed');
    });

    it('asks two people for what destroys, also in development', async () => {
      await start({
        faults: {
          dryRunAs: () => [
            { action: 'delete', resource: 'database orders', detail: '' },
          ],
        },
      });
      const id = await host.create({ environment: 'development' });
      await host.reaches(id, 'awaiting_approval');
      expect(await openOf(id)).toMatchObject({
        kind: 'destroy',
        requiredRoles: ['strategic', 'final'],
        chain: {
          twoPeopleBecause: [
            expect.stringContaining('holds data'),
            expect.anything(),
          ],
        },
      });
      await host.approve(id, ADA);
      await expect(host.approve(id, ADA)).rejects.toThrow('signed this');
      expect(world.ledger).toEqual([]);
      await host.approve(id, BEN);
      await host.reaches(id, 'completed');
    });

    it('carries nothing out on signatures that somebody wrote into the database', async () => {
      await start();
      const id = await host.create({ environment: 'production' });
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id, CHIARA);
      const { approvalId } = await openOf(id);
      await host.database
        .knex('approvals')
        .where('id', approvalId)
        .update({ status: 'approved' });
      await host.host.workflows.wake(id);
      await host.reaches(id, 'failed');
      expect((await host.host.store.row(id))?.error).toContain(
        'nobody signed as final',
      );
      expect(world.ledger).toEqual([]);
    });

    it('gives an agent nothing with which it could approve', async () => {
      let given: string[] = [];
      await start({
        tasks: [{ id: 't1', agent: 'cheat', maxAttempts: 1 }],
        extend: registry =>
          registry.addAgent(
            createAgent({
              id: 'cheat',
              title: 'Cheat',
              description: 'Tries to approve',
              version: '1.0.0',
              input: z.object({}),
              output: z.object({}),
              emits: [],
              tools: [],
              async execute(context) {
                given = Object.keys(context).sort();
                await context.tools.read('approvals.decide', {
                  decision: 'approve',
                });
                return {};
              },
            }),
          ),
      });
      const id = await host.create({});
      await host.reaches(id, 'failed');
      expect((await host.host.store.row(id))?.error).toContain(
        "has not declared tool 'approvals.decide'",
      );
      expect(given).toEqual([
        'artifacts',
        'effects',
        'emit',
        'input',
        'log',
        'outputs',
        'signal',
        'task',
        'tools',
        'usage',
        'workflow',
      ]);
    });

    it('needs a new verdict when the old one has run out, before anybody signs', async () => {
      let frozen = false;
      await start({
        extend: registry =>
          registry.addCriticRule(
            createCriticRule({
              id: 'team.freeze-window',
              title: 'No changes while frozen',
              review: ({ stage }) =>
                frozen && stage === 'effects'
                  ? [{ decision: 'block', reason: 'Frozen now', remedy: '' }]
                  : [],
            }),
          ),
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      frozen = true;
      // Still in force: what was reviewed holds until it runs out.
      const { critic } = await openOf(id);
      expect(critic?.[0].decision).toBe('approve');
      await host.database
        .knex('critic_verdicts')
        .where('stage', 'effects')
        .update({
          body: JSON.stringify({
            ...critic?.[0],
            expiresAt: '2020-01-01T00:00:00.000Z',
          }),
        });
      await expect(host.approve(id)).rejects.toThrow('Frozen now');
      await host.reaches(id, 'failed');
      const [approval] = await approvalsOf(id);
      expect(approval).toMatchObject({
        status: 'void',
        voidReason: expect.stringContaining('Frozen now'),
      });
      expect(world.ledger).toEqual([]);
    });

    it('voids what was approved when the request changes, and shows the difference', async () => {
      await start();
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      const before = await openOf(id);
      const revision = await revise(id, { environment: 'development' });
      expect(revision).toMatchObject({
        version: 2,
        revisedBy: 'user:default/ada',
        difference: {
          intent: [
            { field: 'environment', before: 'staging', after: 'development' },
          ],
        },
      });
      await host.reaches(id, 'awaiting_approval');
      await expect(
        host.host.approvals.decide(
          before.approvalId,
          { decision: 'approve', reason: '', scopeHash: before.scopeHash },
          BEN,
        ),
      ).rejects.toThrow('void');
      const [now, old] = await approvalsOf(id);
      expect(old).toMatchObject({
        approvalId: before.approvalId,
        status: 'void',
        voidReason:
          'user:default/ada changed the request: the wrong environment',
      });
      expect(now).toMatchObject({
        status: 'open',
        environment: 'development',
        plan: { version: 2 },
        changedSince: {
          approvalId: before.approvalId,
          reason: expect.stringContaining('the wrong environment'),
          plan: { intent: [{ field: 'environment' }] },
          operationsAdded: [],
          operationsRemoved: [],
          operationsChanged: [],
        },
      });
      await host.approve(id, ADA);
      await host.reaches(id, 'completed');
      expect(world.ledger).toEqual(['made repo', 'made process']);
      expect(await recorded(id, 'plan.revised')).toHaveLength(1);
    });

    it('refuses a revision that comes too late, is not theirs, or is of another plan', async () => {
      await start();
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await expect(revise(id, {}, BEN)).rejects.toThrow(
        'Only user:default/ada can change',
      );
      await expect(revise(id, { planHash: 'f'.repeat(64) })).rejects.toThrow(
        'changed since you looked',
      );
      await expect(revise(id, { environment: 'staging' })).rejects.toThrow(
        'gives the same plan',
      );
      await host.approve(id);
      await host.reaches(id, 'completed');
      await expect(revise(id, {})).rejects.toThrow('completed already');
    });

    it('refuses a revision once something was carried out', async () => {
      await start({
        faults: {
          beforeMake: made => {
            if (made === 'process') throw new Error('broken');
          },
          beforeRemove: () => {
            throw new Error('stuck');
          },
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'failed');
      await host.host.workflows.retry(id, ADA.userEntityRef, { reason: '' });
      await host.reaches(id, 'awaiting_approval');
      await expect(revise(id, {})).rejects.toThrow('was carried out already');
    });

    it('does not keep files that were made for a plan which is not in force', async () => {
      let revised: (() => void) | undefined;
      const waiting = new Promise<void>(resolve => {
        revised = resolve;
      });
      await start({
        faults: {
          duringWork: async (taskId, attempt) => {
            if (taskId === 't1' && attempt === 1 && revised) await waiting;
          },
        },
      });
      const id = await host.create({});
      await revise(id, { environment: 'development' });
      const [first] = [revised!];
      revised = undefined;
      first();
      await host.reaches(id, 'awaiting_approval');
      const { planHash } = (await host.host.store.get(id))!.plan;
      const made = await host.host.artifacts.list(id);
      expect(made.map(({ provenance }) => provenance.planHash)).toEqual([
        planHash,
        planHash,
      ]);
    });

    it('reminds once, escalates once, and closes what has run out, whoever looks how often', async () => {
      await start({
        approvals: { escalateTo: ['group:default/directors'] },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      const { followUp } = host.host;
      const after = (minutes: number) =>
        new Date(Date.now() + minutes * 60_000);
      const nothing = { reminded: 0, escalated: 0, expired: 0 };
      const round = async (minutes: number) =>
        Promise.all([
          followUp.run(after(minutes)),
          followUp.run(after(minutes)),
        ]);
      const sum = async (minutes: number) => {
        const [one, other] = await round(minutes);
        return {
          reminded: one.reminded + other.reminded,
          escalated: one.escalated + other.escalated,
          expired: one.expired + other.expired,
        };
      };
      expect(await sum(29)).toEqual(nothing);
      expect(await sum(31)).toEqual({ ...nothing, reminded: 1 });
      expect(await sum(32)).toEqual(nothing);
      expect(await sum(49)).toEqual({ ...nothing, escalated: 1 });
      expect(await sum(50)).toEqual(nothing);
      expect(await sum(61)).toEqual({ ...nothing, expired: 1 });
      await host.reaches(id, 'failed');
      const messages = (
        await host.database.knex('outbox').where('kind', 'notification')
      ).map(row => JSON.parse(row.payload));
      expect(
        messages.filter(({ scope }) => scope.endsWith(':reminded')),
      ).toMatchObject([
        { recipients: ['group:default/leads', 'user:default/zoe'] },
      ]);
      expect(
        messages.filter(({ scope }) => scope.endsWith(':escalated')),
      ).toMatchObject([{ recipients: ['group:default/directors'] }]);
      expect(await recorded(id, 'approval.reminded')).toHaveLength(1);
      expect(await recorded(id, 'approval.escalated')).toHaveLength(1);
      expect(await recorded(id, 'approval.expired')).toHaveLength(1);
    });

    it('counts who decided how, blind approvals among them', async () => {
      await start({ approvals: { blindSeconds: 0 } });
      const { approvals } = host.host;
      const blind = await host.create({ serviceName: 'one' });
      await host.reaches(blind, 'awaiting_approval');
      await host.approve(blind);
      const looked = await host.create({ serviceName: 'two' });
      await host.reaches(looked, 'awaiting_approval');
      const { approvalId } = await openOf(looked);
      await approvals.see(approvalId, BEN, false);
      await approvals.see(approvalId, BEN, true);
      await approvals.see(approvalId, BEN, true);
      expect(await recorded(looked, 'approval.seen')).toHaveLength(2);
      await host.approve(looked);

      const all = await approvals.statistics({ days: 1, reader: BEN });
      expect(all).toMatchObject({
        all: { decisions: 2, approved: 2, blindApprovals: 1, blindRate: 0.5 },
        byRole: [
          { role: 'strategic', decisions: 0 },
          { role: 'final', decisions: 2 },
        ],
        byApprover: [{ approver: 'user:default/ben', role: 'final' }],
      });
      const others = await approvals.statistics({ days: 1, reader: ADA });
      expect(others.all.decisions).toBe(2);
      expect(others.byApprover).toEqual([]);
    });

    it('gives lists in pages that meet without gap or overlap', async () => {
      await start();
      for (const serviceName of ['a1', 'a2', 'a3']) {
        const id = await host.create({ serviceName });
        await host.reaches(id, 'awaiting_approval');
      }
      const seen: string[] = [];
      let after: { createdAt: string; id: string } | undefined;
      do {
        let next: typeof after;
        const page = await host.host.approvals.page({
          filter: { status: 'open' },
          limit: 2,
          after,
          toCursor: last => {
            next = last;
            return '';
          },
        });
        expect(page.totalItems).toBe(3);
        seen.push(...page.items.map(({ serviceName }) => serviceName));
        after = next;
      } while (after);
      expect(seen).toEqual(['a3', 'a2', 'a1']);
    });
  });
});
