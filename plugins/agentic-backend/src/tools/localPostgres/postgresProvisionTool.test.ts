import {
  effectToolContract,
  testSecretAccess,
  toolContext,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { findDatabase, readDatabaseSecret } from './DatabaseSecrets';
import { EmbeddedPostgres } from './EmbeddedPostgres';
import { LocalPostgres } from './LocalPostgres';
import { createPostgresProvisionTool } from './postgresProvisionTool';
import { createPostgresProbe } from './postgresProbe';
import { createDatabasesSweepTask } from './sweepDatabases';

jest.setTimeout(120_000);

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-pg-test-'));
// As a data folder is: other users may pass, which mkdtemp does not allow.
chmodSync(dataDir, 0o755);
const options = {
  dataDir,
  allowProduction: false,
  portRange: { from: 24700, to: 24799 },
};
const postgres = new LocalPostgres(options);
const server = new EmbeddedPostgres(options);
const secrets = testSecretAccess();
let count = 0;

async function rowsOf(
  connectionString: string,
  statement: string,
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** A look of the test's own at everything the tool could touch. */
async function observe(): Promise<unknown> {
  const world = await server.withAdmin(async client => ({
    databases: (
      await client.query('select datname from pg_database order by 1')
    ).rows,
    roles: (await client.query('select rolname from pg_roles order by 1')).rows,
  }));
  return { ...world, secrets: await secrets.store.list() };
}

async function aWorld() {
  count += 1;
  const serviceName = `service-${count}`;
  const key = `wf-${count}.t1.database`;
  return {
    tool: createPostgresProvisionTool(options, postgres),
    params: { serviceName, database: `service_${count}` },
    context: toolContext({ serviceName, secrets, idempotencyKey: key }),
    observe,
    tearDown: async () => undefined,
  };
}

afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const valid = { serviceName: 'user-service', database: 'user_service' };

effectToolContract({
  name: 'postgres.provision',
  timeoutMs: 120_000,
  setUp: aWorld,
  invalidParams: {
    'a name with a quote': { ...valid, database: 'x"; drop database y; --' },
    "the server's own database": { ...valid, database: 'postgres' },
    "PostgreSQL's own names": { ...valid, database: 'pg_x' },
    'an empty name': { ...valid, database: '' },
    'a name that is too long': { ...valid, database: 'x'.repeat(64) },
    'a hostile service name': { ...valid, serviceName: '../x' },
    'unknown fields': { ...valid, password: 'x' },
  },
});

describe('postgres.provision', () => {
  it('gives the service a database of its own and nobody else access', async () => {
    const one = await aWorld();
    const two = await aWorld();
    await one.tool.execute(one.params, one.context);
    await two.tool.execute(two.params, two.context);
    const url = await postgres.connectionString(
      one.params.serviceName,
      secrets,
    );
    await rowsOf(url, 'create table t (n int); insert into t values (1)');
    expect(await rowsOf(url, 'select n from t')).toEqual([{ n: 1 }]);

    const other = new URL(url);
    other.pathname = `/${two.params.database}`;
    await expect(rowsOf(other.href, 'select 1')).rejects.toThrow(
      /permission denied/,
    );
    await expect(rowsOf(url, 'create role x')).rejects.toThrow(
      /permission denied/,
    );
  });

  it('never shows the password: not in results, read-backs, logs, the dry run or the log of the server', async () => {
    const { tool, params, context } = await aWorld();
    const shown = [
      await tool.dryRun(params, context),
      await tool.execute(params, context),
      await tool.readBack(params, undefined, context),
      context.log.text,
      readFileSync(path.join(dataDir, 'postgres', 'postgres.log'), 'utf8'),
    ];
    const secret = await readDatabaseSecret(
      secrets,
      params.serviceName,
      'test',
    );
    expect(secret?.password).toMatch(/^[\w-]{32}$/);
    expect(JSON.stringify(shown)).not.toContain(secret?.password);
    expect(readdirSync(dataDir)).not.toContain('secrets');
    expect(
      statSync(path.join(dataDir, 'postgres', 'server.json')).mode & 0o777,
    ).toBe(0o600);
  });

  it('keeps data on rollback: a database with rows is renamed, with its role shut out', async () => {
    const { tool, params, context } = await aWorld();
    await tool.execute(params, context);
    const url = await postgres.connectionString(params.serviceName, secrets);
    await rowsOf(url, 'create table t (n int); insert into t values (42)');
    // A client that stays connected must not stand in the way.
    const lingering = new Client({ connectionString: url });
    lingering.on('error', () => undefined);
    await lingering.connect();

    const undone = await tool.rollback(params, undefined, context);
    expect(undone).toMatchObject({ state: 'absent' });
    const kept = /'(service_\d+_archived_\d{14})'/.exec(undone.evidence)?.[1];
    expect(kept).toBeDefined();
    await server.withAdmin(async client => {
      expect((await client.query('select n from t')).rows).toEqual([{ n: 42 }]);
    }, kept);
    await expect(rowsOf(url, 'select 1')).rejects.toThrow();
    // Whoever wants the data back finds the password where the database went.
    expect(await findDatabase(secrets, params.serviceName)).toBeUndefined();
    expect(
      await secrets.describe(`local-postgres/${params.serviceName}/${kept}`),
    ).toMatchObject({ labels: { database: kept, user: kept } });
    await lingering.end().catch(() => undefined);
  });

  it('leaves alone what another effect made', async () => {
    const { tool, params, context } = await aWorld();
    await tool.execute(params, context);
    const before = await observe();
    const later = { ...context, idempotencyKey: 'wf-later.t1.database' };
    await tool.execute(params, later);
    expect(await tool.rollback(params, undefined, later)).toMatchObject({
      state: 'absent',
      evidence: expect.stringContaining('not made by this effect'),
    });
    expect(await observe()).toEqual(before);
  });

  it('finishes what a crash interrupted, between role and database or before the mark', async () => {
    const { tool, params, context } = await aWorld();
    await tool.execute(params, context);
    await server.withAdmin(client =>
      client.query(`drop database ${params.database}`),
    );
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'absent',
    });
    await tool.execute(params, context);
    await server.withAdmin(client =>
      client.query(`comment on database ${params.database} is null`),
    );
    await tool.execute(params, context);
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'confirmed',
    });
    expect(await tool.rollback(params, undefined, context)).toMatchObject({
      state: 'absent',
    });
  });

  it('makes a new password when the one it kept can no longer be read', async () => {
    const { tool, params, context } = await aWorld();
    await tool.execute(params, context);
    const [found] = (await secrets.store.list()).filter(({ path: at }) =>
      at.endsWith(params.serviceName),
    );
    const unreadable = Object.assign(new Error('the key is gone'), {
      name: 'UnreadableSecretError',
    });
    const lost = {
      ...secrets,
      resolve: async (reference: string, purpose: string) => {
        if ((await secrets.describe(found.path))?.version === found.version) {
          throw unreadable;
        }
        return secrets.resolve(reference, purpose);
      },
    };
    await tool.execute(params, { ...context, secrets: lost });
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'confirmed',
    });
  });

  it('refuses a database it did not make, and one of another service', async () => {
    const { tool, params, context } = await aWorld();
    await server.withAdmin(client => client.query('create database theirs'));
    const foreign = { ...params, database: 'theirs' };
    expect(await tool.validate(foreign, context)).toEqual([
      expect.objectContaining({
        field: 'database',
        message: expect.stringContaining('not made by the framework'),
      }),
    ]);
    await expect(tool.execute(foreign, context)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    const other = await aWorld();
    await other.tool.execute(other.params, other.context);
    const taken = { ...params, database: other.params.database };
    expect(await tool.validate(taken, context)).toEqual([
      expect.objectContaining({
        field: 'database',
        message: expect.stringContaining('belongs to service-'),
      }),
    ]);
    expect(await findDatabase(secrets, params.serviceName)).toBeUndefined();
  });

  it('does not confirm a role that cannot log in', async () => {
    const { tool, params, context } = await aWorld();
    await tool.execute(params, context);
    await server.withAdmin(client =>
      client.query(`alter role ${params.database} nologin`),
    );
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'unknown',
    });
  });

  it('uses a server of the operator where one is configured', async () => {
    const { port } = await server.endpoint();
    const state = JSON.parse(
      readFileSync(path.join(dataDir, 'postgres', 'server.json'), 'utf8'),
    );
    const connection = `postgres://agentic_admin:${state.password}@127.0.0.1:${port}/postgres`;
    const external = {
      ...options,
      connection,
      dataDir: path.join(dataDir, 'external'),
    };
    const tool = createPostgresProvisionTool(
      external,
      new LocalPostgres(external),
    );
    const params = { serviceName: 'external-service', database: 'external' };
    const context = toolContext({
      secrets,
      idempotencyKey: 'wf-x.t1.database',
    });
    const result = await tool.execute(params, context);
    expect(result).toMatchObject({ host: '127.0.0.1', port });
    expect(JSON.stringify(result)).not.toContain(state.password);
    expect(existsSync(external.dataDir)).toBe(false);
    expect(await createPostgresProbe(external).probe()).toEqual([
      {
        id: 'postgresql',
        available: true,
        detail: expect.stringMatching(/^18\./),
      },
    ]);
    await tool.rollback(params, result, context);
  });
});

describe('postgres.databases', () => {
  const context = {
    now: new Date(),
    olderThan: new Date(),
    archivedBefore: new Date(),
    records: toolContext().records,
    signal: new AbortController().signal,
  };

  it('finds what we made, drops what is empty, keeps what has rows, and leaves what is another’s by now', async () => {
    const empty = await aWorld();
    const filled = await aWorld();
    const taken = await aWorld();
    for (const world of [empty, filled, taken]) {
      await world.tool.execute(world.params, world.context);
    }
    await server.withAdmin(client =>
      client.query('create database foreign_db'),
    );
    await rowsOf(
      await postgres.connectionString(filled.params.serviceName, secrets),
      'create table t (n int); insert into t values (1)',
    );
    const task = createDatabasesSweepTask(postgres);
    const found = await task.find(context);
    const of = (world: typeof empty) =>
      found.find(({ id }) => id.startsWith(`${world.params.database}:`))!;
    expect(found.some(({ id }) => id.startsWith('foreign_db'))).toBe(false);
    expect(of(empty).belongsTo).toEqual({
      workflows: [empty.context.idempotencyKey.split('.')[0]],
      services: [empty.params.serviceName],
    });

    expect(await task.remove(of(empty), context)).toMatchObject({
      state: 'absent',
      evidence: 'No table had rows; dropped with its role',
    });
    expect(await task.remove(of(filled), context)).toMatchObject({
      state: 'absent',
      evidence: expect.stringMatching(
        /^Table public.t has rows, so it was renamed/,
      ),
    });
    const stale = { ...of(taken), id: `${taken.params.database}:wf-else.t1.x` };
    expect(await task.remove(stale, context)).toMatchObject({
      state: 'confirmed',
    });
    const left = await task.find(context);
    expect(left.map(({ id }) => id)).toContain(of(taken).id);
    expect(left.map(({ id }) => id)).not.toContain(of(empty).id);
    expect(left.map(({ id }) => id)).not.toContain(of(filled).id);
  });
});
