import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADA, createTestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';

jest.setTimeout(60_000);

describe('a process that dies around a revision', () => {
  const databases = testDatabases();

  it.each(databases.names)(
    'after its commit and before the engine knows, goes on with the new plan (%s)',
    async name => {
      const knex = await databases.open(name);
      const world = new SampleWorld(
        mkdtempSync(join(tmpdir(), 'agentic-world-')),
      );
      const before = await createTestHost({ knex, world });
      const id = await before.create({});
      await before.reaches(id, 'awaiting_approval');
      await before.shutdown();
      // The engine of this host is gone: the rows are written, and nobody is told.
      const stored = (await before.host.store.get(id))!;
      await before.host.revisions.revise(
        stored,
        {
          planHash: stored.plan.planHash,
          parameters: { environment: 'development' },
          reason: 'elsewhere first',
        },
        ADA,
      );
      const after = await createTestHost({ knex, world });
      await after.reaches(id, 'awaiting_approval');
      const approvals = await after.host.approvals.list({ workflowId: id });
      expect(
        approvals.map(({ status, environment }) => [status, environment]),
      ).toEqual([
        ['open', 'development'],
        ['void', 'staging'],
      ]);
      expect(world.ledger).toEqual([]);
      await after.approve(id, ADA);
      await after.reaches(id, 'completed');
      expect(world.ledger).toEqual(['made repo', 'made process']);
      await after.shutdown();
    },
  );

  it.each(databases.names)(
    'before its commit, leaves the old plan and its approval as they were (%s)',
    async name => {
      const knex = await databases.open(name);
      const world = new SampleWorld(
        mkdtempSync(join(tmpdir(), 'agentic-world-')),
      );
      const host = await createTestHost({ knex, world });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      const stored = (await host.host.store.get(id))!;
      // The last row of the revision cannot be written, so none of them is.
      await knex('plan_revisions').insert({
        workflow_id: id,
        version: 2,
        plan_hash: 'x',
        revised_by: 'x',
        reason: 'x',
        difference: '{}',
        revised_at: 'x',
      });
      await expect(
        host.host.revisions.revise(
          stored,
          {
            planHash: stored.plan.planHash,
            parameters: { environment: 'development' },
            reason: 'elsewhere first',
          },
          ADA,
        ),
      ).rejects.toThrow();
      expect((await host.host.store.get(id))?.plan.planHash).toBe(
        stored.plan.planHash,
      );
      await host.approve(id);
      await host.reaches(id, 'completed');
      await host.shutdown();
    },
  );
});
