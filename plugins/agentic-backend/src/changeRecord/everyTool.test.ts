import { verifyRecord } from '@agentic-backstage/change-record';
import type { Tool } from '@agentic-backstage/plugin-agentic-node';
import { recordingHost } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabases } from '../__testUtils__/databases';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { effectById } from '../database/EffectStore';
import { EffectLedger } from '../runtime/guard/EffectLedger';
import { builtInToolModules } from '../tools';
import { loadRecord } from './loadRecord';

const databases = testDatabases();

async function builtInTools(): Promise<Tool[]> {
  const { plugin, tools } = recordingHost();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'agentic-every-tool-'));
  const backend = await startTestBackend({
    features: [
      plugin,
      ...builtInToolModules,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: { agentic: { dataDir } } }),
    ],
  });
  await backend.stop();
  return tools;
}

/** The whole life of one effect, as the guard writes it down. */
async function liveThrough(knex: Knex, tool: string): Promise<string> {
  const workflowId = `wf-${tool}`;
  const ledger = new EffectLedger(knex);
  await knex('tasks').insert({
    workflow_id: workflowId,
    task_id: 't1',
    position: 0,
    agent: 'deployment',
    status: 'running',
    attempt: 1,
    attempts_left: 1,
  });
  const effectId = `${workflowId}.t1.it`;
  await knex.transaction(trx =>
    ledger.propose(trx, { workflowId, taskId: 't1' }, [
      {
        effectId,
        key: 'it',
        round: 1,
        tool,
        params: { name: 'x' },
        paramsDigest: 'd'.repeat(64),
        blastRadius: {
          scope: 'service',
          destructive: false,
          description: 'one',
        },
        dryRun: { summary: 'would do it', changes: [], warnings: [] },
        verdict: {
          decision: 'allow',
          violations: [],
          evaluators: [],
          reasons: [],
        },
        rollbackStrategy: 'take it back',
      },
    ]),
  );
  const effect = (await effectById(knex, effectId))!;
  const observedAt = new Date().toISOString();
  await ledger.begin(effect);
  await ledger.answered(effect, { done: true });
  await ledger.observed(effect, {
    result: { done: true },
    seen: { state: 'confirmed', evidence: 'it is there', observedAt },
  });
  await ledger.undone(effect, {
    state: 'absent',
    evidence: 'it is gone',
    observedAt,
  });
  return workflowId;
}

describe('every tool that changes the world', () => {
  it('leaves each step of each effect on record, in order', async () => {
    const knex = await databases.open('SQLite');
    await AgenticDatabase.create({ getClient: async () => knex });
    const tools = (await builtInTools()).filter(
      ({ lane }) => lane === 'execute',
    );
    expect(tools.length).toBeGreaterThanOrEqual(4);
    for (const { id } of tools) {
      const record = await loadRecord(knex, await liveThrough(knex, id));
      expect({
        tool: id,
        kinds: record.entries.map(({ kind }) => kind),
      }).toEqual({
        tool: id,
        kinds: [
          'dry_run.recorded',
          'verdict.recorded',
          'effect.begun',
          'effect.executed',
          'read_back.recorded',
          'effect.confirmed',
          'read_back.recorded',
          'effect.undone',
        ],
      });
      expect(verifyRecord(record).status).toBe('intact');
    }
  });

  it('can write down a step only where it is put on record', () => {
    const root = path.join(__dirname, '..');
    const writers = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !name.includes('.test.'))
      .filter(name =>
        /\b(updateEffect|putProposedEffects)\(/.test(
          readFileSync(path.join(root, name), 'utf8'),
        ),
      );
    expect(writers.sort()).toEqual([
      'database/EffectStore.ts',
      'runtime/guard/EffectLedger.ts',
    ]);
  });
});
