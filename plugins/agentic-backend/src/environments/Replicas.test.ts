import { createReadOnlyTool } from '@agentic-backstage/plugin-agentic-node';
import { hostname } from 'node:os';
import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { quietLogger } from '../__testUtils__/quietServices';
import { testDatabases } from '../__testUtils__/databases';
import { AgenticDatabase } from '../database/AgenticDatabase';
import {
  createLocalTargetGate,
  reasonAgainstLocalTarget,
} from './localTargetGate';
import { Replicas } from './Replicas';

const databases = testDatabases();

describe.each(databases.names)('Replicas on %s', name => {
  let database: AgenticDatabase;

  beforeEach(async () => {
    const knex = await databases.open(name);
    database = await AgenticDatabase.create({ getClient: async () => knex });
  });

  const aReplica = () => new Replicas({ database, logger: quietLogger });

  it('counts the processes that share the database, and those only', async () => {
    const shared = name === 'PostgreSQL';
    const [first, second] = [aReplica(), aReplica()];
    await first.start();
    expect(await first.count()).toBe(1);
    await second.start();
    expect(await first.count()).toBe(shared ? 2 : 1);
    await second.stop();
    expect(await first.count()).toBe(1);
    await first.stop();
  });

  it('does not count those that fell silent, nor a killed process of this machine', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']);
    const old = { id: 'old', host: 'elsewhere', pid: 1, beat_at: 1000 };
    const killed = {
      id: 'killed',
      host: hostname(),
      pid: gone.pid,
      beat_at: Date.now(),
    };
    await database.knex('replicas').insert([old, killed]);
    const replica = aReplica();
    await replica.start();
    expect(await replica.count()).toBe(1);
    await replica.stop();
  });
});

describe('the gate of the local target', () => {
  const NODE_ENV = process.env.NODE_ENV;
  afterEach(() => {
    Object.assign(process.env, { NODE_ENV });
  });

  const gate = (localOnly: true | undefined, count: number) =>
    createLocalTargetGate({
      registry: {
        tool: id =>
          createReadOnlyTool({
            id,
            title: id,
            description: id,
            schema: z.unknown(),
            result: z.unknown(),
            localOnly,
            read: async () => undefined,
          }),
      },
      replicas: { count: async () => count },
    });
  const call = { toolId: 'git.publish' } as Parameters<
    ReturnType<typeof gate>['refuse']
  >[0];

  it.each([
    ['one process in development', true, 1, 'development', undefined],
    ['two replicas', true, 2, 'development', '2 replicas of the portal'],
    ['production', true, 1, 'production', 'NODE_ENV is production'],
    ['another target in production', undefined, 3, 'production', undefined],
  ] as const)('with %s', async (_name, localOnly, count, nodeEnv, expected) => {
    Object.assign(process.env, { NODE_ENV: nodeEnv });
    const reason = await gate(localOnly, count).refuse(call);
    expect(reason === undefined).toBe(expected === undefined);
    expect(reason ?? '').toContain(expected ?? '');
  });

  it('is asked before anything is proposed and again before it is done', () => {
    expect(gate(true, 1).stages).toEqual(['propose', 'execute']);
  });

  it('says what to do', async () => {
    expect(await reasonAgainstLocalTarget({ count: async () => 3 })).toMatch(
      /run one replica, or configure a Git host/,
    );
  });
});
