import {
  createAgent,
  createEffectTool,
} from '@agentic-backstage/plugin-agentic-node';
import { performance } from 'node:perf_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import createKnex from 'knex';
import { z } from 'zod';
import { ADA, BEN, testConfig } from '../src/__testUtils__/createTestHost';
import { quietLogger, quietServices } from '../src/__testUtils__/quietServices';
import { createSamplePlanner } from '../src/__testUtils__/sampleWorld';
import { createHost } from '../src/createHost';
import { AgenticDatabase } from '../src/database/AgenticDatabase';
import { InProcessWorkflowEngine } from '../src/engine';
import { Registry } from '../src/runtime/Registry';
import { describeMachine, report } from './figures';

const CALLS = 200;
const WARM_UP = 20;

/**
 * What the guard adds to a call, gates, record and read-back included: a tool that does nothing is
 * applied through the whole host, on a SQLite file as `npm start` has it.
 */
async function main(): Promise<void> {
  describeMachine();
  const folder = mkdtempSync(path.join(tmpdir(), 'agentic-bench-'));
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: path.join(folder, 'agentic.sqlite') },
    useNullAsDefault: true,
  });
  const database = await AgenticDatabase.create({
    getClient: async () => knex,
  });
  const at = () => new Date().toISOString();
  const samples: number[] = [];
  const work: number[] = [];
  const registry = new Registry();
  registry.setPlanner(createSamplePlanner([{ id: 't1', makes: ['nothing'] }]));
  registry.addTool(
    createEffectTool({
      id: 'bench.nothing',
      title: 'Nothing',
      description: 'Does nothing',
      schema: z.object({ number: z.number() }),
      result: z.object({}),
      blastRadius: () => ({
        scope: 'service',
        destructive: false,
        description: 'nothing',
      }),
      validate: async () => [],
      dryRun: async () => ({
        summary: 'would do nothing',
        changes: [{ action: 'none', resource: 'nothing', detail: 'nothing' }],
        warnings: [],
      }),
      execute: async () => ({}),
      readBack: async () => ({
        state: 'confirmed',
        evidence: 'nothing is there',
        observedAt: at(),
      }),
      rollback: async () => ({
        state: 'absent',
        evidence: 'nothing',
        observedAt: at(),
      }),
      rollbackStrategy: () => 'Nothing to undo',
      estimateCost: () => ({
        status: 'known',
        currency: 'USD',
        monthly: 0,
        lines: [],
      }),
    }),
  );
  registry.addAgent(
    createAgent({
      id: 'maker',
      title: 'Bench',
      description: 'Does nothing, often',
      version: '1.0.0',
      lane: 'execute',
      input: z.unknown(),
      output: z.object({}),
      emits: [],
      permissions: ['artifacts.write'],
      tools: ['bench.nothing'],
      plan: async () => [
        { key: 'nothing', tool: 'bench.nothing', params: { number: 1 } },
      ],
      async execute({ artifacts, effects }) {
        await artifacts.save({
          name: 'notes',
          files: [{ path: 'notes.md', content: '# Notes\n' }],
        });
        const cpu = process.cpuUsage();
        const begin = performance.now();
        await effects.apply('nothing');
        samples.push(performance.now() - begin);
        const { user, system } = process.cpuUsage(cpu);
        work.push((user + system) / 1000);
        return {};
      },
    }),
  );
  const host = createHost({
    config: { ...testConfig(folder), lanes: { maker: 'execute' } },
    database,
    registry,
    logger: quietLogger,
    ...quietServices(),
    memberships: { of: async () => undefined },
    engine: new InProcessWorkflowEngine({ logger: quietLogger }),
  });
  await host.launch();
  const until = async (workflowId: string, phase: string): Promise<void> => {
    const end = Date.now() + 30_000;
    for (;;) {
      const row = await host.store.row(workflowId);
      if (row?.phase === phase) return;
      if (Date.now() > end || row?.phase === 'failed') {
        throw new Error(`${workflowId} is ${row?.phase}: ${row?.error}`);
      }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  };
  for (let index = 0; index < CALLS + WARM_UP; index++) {
    const { stored } = await host.workflows.create(
      {
        template: 'sample',
        dryRun: false,
        parameters: { serviceName: `bench-${index}`, environment: 'staging' },
      },
      ADA,
    );
    const { id } = stored.row;
    await until(id, 'awaiting_approval');
    const [approval] = await host.approvals.list({ workflowId: id });
    await host.approvals.decide(
      approval.approvalId,
      { decision: 'approve', reason: '', scopeHash: approval.scopeHash },
      BEN,
    );
    await until(id, 'completed');
  }
  const holds = report(
    'The guard around a call that does nothing, gates, records and read-back included',
    samples.slice(WARM_UP),
    { p50: 5 },
  );
  // A busy machine makes everything wait: the work itself is told beside.
  report('Of it the work of the processor', work.slice(WARM_UP), {});
  await host.shutdown();
  await knex.destroy();
  rmSync(folder, { recursive: true, force: true });
  process.exit(holds ? 0 : 1);
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
