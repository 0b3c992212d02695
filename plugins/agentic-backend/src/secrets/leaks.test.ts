import {
  createAgent,
  createEffectTool,
  createReadOnlyTool,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { z } from 'zod';
import { testDatabases } from '../__testUtils__/databases';
import {
  createTestHost,
  testConfig,
  type TestHost,
} from '../__testUtils__/createTestHost';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { formsOf } from '../runtime/redactForms';

jest.setTimeout(120_000);

const PASSWORD = 'T0p/s3cret+pass "word" & <more>';
const REFERENCE = 'secret:portal/leaky/leaky-service#password';

/** The password in every form that a careless tool could say it in. */
function everyForm(password: string): string {
  return [
    `plain ${password}`,
    JSON.stringify({ password }),
    JSON.stringify(JSON.stringify({ password })),
    `postgres://u:${encodeURIComponent(password)}@h/d`,
    new URLSearchParams({ password }).toString(),
    `Basic ${Buffer.from(`user:${password}`).toString('base64')}`,
    Buffer.from(password).toString('base64url'),
    Buffer.from(password).toString('hex'),
  ].join('\n');
}

const Params = z.object({ mode: z.enum(['answers', 'throws']) });
const Said = z.object({ said: z.string() });
const seen = (state: 'confirmed' | 'absent', evidence: string) => ({
  state,
  evidence,
  observedAt: new Date().toISOString(),
});

/** Says the password wherever a tool can say anything. */
const leakyTool = createEffectTool<
  z.infer<typeof Params>,
  z.infer<typeof Said>
>({
  id: 'leaky.do',
  title: 'Leak',
  description: 'Says what it must not',
  schema: Params,
  result: Said,
  secrets: ['portal/leaky/{service}'],
  blastRadius: () => ({
    scope: 'service',
    destructive: false,
    description: 'nothing',
  }),
  validate: async () => [],
  dryRun: async (_params, { secrets }) => ({
    summary: await secrets.conceal('leaky/leaky-service', PASSWORD),
    changes: [{ action: 'create', resource: 'x', detail: everyForm(PASSWORD) }],
    warnings: [everyForm(PASSWORD)],
  }),
  async execute({ mode }, { secrets, log, records, ...context }) {
    const said = everyForm(await secrets.resolve(REFERENCE, 'to leak it'));
    log.info(said, { said, deep: [{ [said]: said }] });
    log.error(said);
    await records.deployments.put({
      deploymentId: 'd-1',
      workflowId: context.workflowId,
      effectId: context.effectId,
      serviceName: context.serviceName,
      environment: context.environment,
      target: 'leaky',
      isolation: said,
      version: '1',
      status: 'failed',
      url: said,
      startedAt: new Date().toISOString(),
      handle: { said },
    });
    if (mode === 'throws') {
      throw Object.assign(new Error(said, { cause: new Error(said) }), {
        name: 'InputError',
        said,
      });
    }
    return { said };
  },
  async readBack(_params, result, { secrets }) {
    const said = everyForm(await secrets.resolve(REFERENCE, 'to leak it'));
    return { ...seen('confirmed', said), result: result ?? { said } };
  },
  rollback: async (_params, _result, { secrets }) =>
    seen('absent', everyForm(await secrets.resolve(REFERENCE, 'to leak it'))),
  rollbackStrategy: () => 'nothing',
  estimateCost: () => ({
    status: 'known',
    currency: 'USD',
    monthly: 0,
    lines: [],
  }),
});

const peekTool = createReadOnlyTool<object, z.infer<typeof Said>>({
  id: 'leaky.peek',
  title: 'Peek',
  description: 'Reads a log that has the password in it',
  schema: z.object({}),
  result: Said,
  secrets: ['portal/leaky/{service}'],
  read: async (_params, { secrets }) => {
    await secrets.conceal('leaky/leaky-service', '');
    return { said: everyForm(PASSWORD) };
  },
});

const Input = z.looseObject({ makes: z.array(z.string()) });
const leakyAgent = createAgent<z.infer<typeof Input>, z.infer<typeof Said>>({
  id: 'leaker',
  title: 'Leaker',
  description: 'Passes on what its tools say',
  version: '1.0.0',
  lane: 'execute',
  permissions: ['artifacts.write'],
  input: Input,
  output: Said,
  emits: ['infra.provisioned'],
  tools: ['leaky.do', 'leaky.peek'],
  secrets: ['portal/leaky/**'],
  plan: async ({ input }) => [
    {
      key: 'leak',
      tool: 'leaky.do',
      params: { mode: input.makes[0] },
    },
  ],
  async execute({ effects, emit, artifacts, tools, log, workflow }) {
    const { result, evidence } = await effects.apply('leak');
    const peeked = await tools.read('leaky.peek', {});
    const said = [result.said, evidence, peeked.said].join('\n');
    log.warn(said);
    emit('infra.provisioned', {
      workflow_id: workflow.workflowId,
      service_name: workflow.intent.serviceName,
      environment: workflow.intent.environment,
      resources: [said],
    });
    await artifacts.save({
      name: 'notes',
      files: [{ path: 'notes.md', content: said }],
    });
    const stolen = await artifacts
      .save({
        name: 'stolen',
        files: [{ path: 'stolen.md', content: everyForm(PASSWORD) }],
      })
      .catch((error: Error) => error.name);
    if (stolen !== 'InputError') {
      throw new Error('A file with a secret in it was kept');
    }
    return { said };
  },
});

const databases = testDatabases();

describe.each(databases.names)('a secret on %s', name => {
  let knex: Knex;
  let folder: string;
  let host: TestHost;
  const logged: string[] = [];

  const logger: LoggerService = {
    ...(Object.fromEntries(
      (['error', 'warn', 'info', 'debug'] as const).map(level => [
        level,
        (message: string, meta?: unknown) =>
          logged.push(
            message,
            meta instanceof Error ? String(meta.stack) : JSON.stringify(meta),
          ),
      ]),
    ) as unknown as Omit<LoggerService, 'child'>),
    child: () => logger,
  };

  /** Everything there is in the database, and everything that went out of the process. */
  async function everything(): Promise<string> {
    const tables: Array<{ name: string }> =
      name === 'SQLite'
        ? await knex('sqlite_master').where('type', 'table').select('name')
        : await knex('information_schema.tables')
            .where('table_schema', 'public')
            .select('table_name as name');
    const rows = await Promise.all(
      tables.map(async table => [table.name, await knex(table.name)]),
    );
    return [
      JSON.stringify(rows),
      JSON.stringify(host.services.published),
      JSON.stringify(host.services.notified),
      ...logged,
    ].join('\n');
  }

  const start = async (mode: 'answers' | 'throws') => {
    knex = await databases.open(name);
    folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-leak-test-'));
    host = await createTestHost({
      knex,
      world: new SampleWorld(folder),
      tasks: [{ id: 't1', agent: 'leaker', makes: [mode] }],
      config: { lanes: { ...testConfig(folder).lanes, leaker: 'execute' } },
      logger,
      extend: registry => {
        registry.addTool(leakyTool);
        registry.addTool(peekTool);
        registry.addAgent(leakyAgent);
        registry.addLaunchTask(
          'put',
          async (_records, secrets) => {
            await secrets.put(
              'leaky/leaky-service',
              { values: { password: PASSWORD } },
              'for the test',
            );
            throw new Error(everyForm(PASSWORD));
          },
          ['portal/leaky/**'],
        );
      },
    });
    const id = await host.create({ serviceName: 'leaky-service' });
    await host.reaches(id, 'awaiting_approval');
    await host.approve(id);
    return id;
  };

  afterEach(async () => {
    await host.shutdown();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['answers', 'throws'] as const)(
    'is nowhere after a tool that %s has said it in every form and place',
    async mode => {
      const id = await start(mode);
      await host.reaches(id, mode === 'answers' ? 'completed' : 'rolled_back');
      const out = await everything();
      // The marks show that it was there to be found.
      expect(out.split('[secret]').length).toBeGreaterThan(20);
      expect(logged.join('\n')).toContain('[secret]');
      for (const form of formsOf(PASSWORD)) {
        expect(out).not.toContain(form);
      }
      const { entries } = await host.host.secrets.accessLog({
        workflowId: id,
        limit: 50,
      });
      expect(entries.map(entry => entry.action)).toEqual(
        expect.arrayContaining(['conceal', 'read']),
      );
      expect(entries.every(entry => entry.outcome === 'granted')).toBe(true);
    },
  );
});
