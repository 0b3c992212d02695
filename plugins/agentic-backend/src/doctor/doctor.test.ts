import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import createKnex from 'knex';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrateToLatest } from '../database/migrateToLatest';
import { CHECKS } from './checks/checks';
import { contradictionsCheck } from './checks/contradictionsCheck';
import { databaseCheck } from './checks/databaseCheck';
import { engineCheck } from './checks/engineCheck';
import { machineCheck } from './checks/machineCheck';
import { portalCheck } from './checks/portalCheck';
import { secretsCheck } from './checks/secretsCheck';
import { settingsCheck } from './checks/settingsCheck';
import { vaultCheck } from './checks/vaultCheck';
import type { Check, Patient } from './Check';
import { diagnose } from './diagnose';
import type { FindingLevel } from './Finding';
import { runDoctor } from './runDoctor';

jest.setTimeout(60_000);

const PROGRAM = path.resolve(__dirname, '../../bin/agentic-doctor');
const MIGRATIONS = path.resolve(__dirname, '../../migrations');
const KEY = randomBytes(32).toString('base64');
const PASSWORD = 'hunter2-very-secret';
const TOKEN = 'tok-0123456789abcdef';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'agentic-doctor-'));
});

const servers: Server[] = [];
afterAll(() => servers.forEach(server => server.close()));

/** A server that gives one answer to everything. */
async function answering(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const server = createServer((_, res) => {
    res
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>(listening =>
    server.listen(0, '127.0.0.1', listening),
  );
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

async function findings(
  check: Check,
  data: JsonObject,
  more: Partial<Patient> = {},
): Promise<[FindingLevel, string, string][]> {
  const found = await diagnose([check], {
    config: new ConfigReader(data),
    env: {},
    root,
    ...more,
  });
  return found.map(each => [each.level, each.id, each.found]);
}

const SQLITE = {
  client: 'better-sqlite3',
  connection: { directory: 'db' },
};
const POSTGRES_AWAY = {
  client: 'pg',
  connection: { host: '127.0.0.1', port: 1, user: 'u', password: PASSWORD },
};

describe('what the doctor finds in settings', () => {
  it.each<
    [string, Check, JsonObject, NodeJS.ProcessEnv, FindingLevel, string, RegExp]
  >([
    [
      'a number that is none',
      settingsCheck,
      { agentic: { limits: { rates: { writesPerMinute: 0 } } } },
      {},
      'error',
      'config.settings',
      /writesPerMinute is 0/,
    ],
    [
      'an order there is not',
      settingsCheck,
      { agentic: { approvals: { order: 'none' } } },
      {},
      'error',
      'config.settings',
      /order is 'none'/,
    ],
    [
      'an engine there is not',
      settingsCheck,
      { agentic: { engine: { kind: 'temporal' } } },
      {},
      'error',
      'config.settings',
      /temporal/,
    ],
    [
      'a permission there is not',
      settingsCheck,
      {
        agentic: {
          machineAccess: [
            {
              subject: 'external:ci',
              permissions: ['agentic.all'],
              environments: ['staging'],
            },
          ],
        },
      },
      {},
      'error',
      'config.settings',
      /agentic\.all/,
    ],
    [
      'a database that is no address',
      settingsCheck,
      { agentic: { local: { postgres: { connection: 'db.example.com' } } } },
      {},
      'error',
      'config.settings',
      /not a connection string/,
    ],
    [
      'nothing wrong',
      settingsCheck,
      { agentic: {} },
      {},
      'ok',
      'config.settings',
      /All/,
    ],
    [
      'nobody who signs',
      contradictionsCheck,
      { agentic: { approvals: { roles: { final: ['user:default/ben'] } } } },
      {},
      'warning',
      'config.approvers',
      /'strategic'/,
    ],
    [
      'an engine without its database',
      contradictionsCheck,
      {
        backend: { database: SQLITE },
        agentic: { engine: { kind: 'postgres' } },
      },
      {},
      'error',
      'config.engine',
      /is 'better-sqlite3'/,
    ],
    [
      'an engine for one process on a shared database',
      contradictionsCheck,
      {
        backend: { database: POSTGRES_AWAY },
        agentic: { engine: { kind: 'pglite' } },
      },
      {},
      'warning',
      'config.engine',
      /only one process/,
    ],
    [
      'production without a key',
      contradictionsCheck,
      { backend: { database: POSTGRES_AWAY } },
      { NODE_ENV: 'production' },
      'error',
      'config.secretKey',
      /empty/,
    ],
    [
      'production on SQLite',
      contradictionsCheck,
      { backend: { database: SQLITE } },
      { NODE_ENV: 'production' },
      'warning',
      'config.productionDatabase',
      /better-sqlite3/,
    ],
    [
      'production with people without passwords',
      contradictionsCheck,
      { agentic: { examplePeople: [] } },
      { NODE_ENV: 'production' },
      'error',
      'config.examplePeople',
      /refuses to start/,
    ],
    [
      'permissions switched off',
      contradictionsCheck,
      { permission: { enabled: false } },
      {},
      'warning',
      'config.permissions',
      /everybody/,
    ],
    [
      'a machine without a token',
      contradictionsCheck,
      { agentic: { machineAccess: [{ subject: 'external:ci' }] } },
      {},
      'warning',
      'config.machines',
      /external:ci/,
    ],
    [
      'a key that is too short',
      secretsCheck,
      { agentic: { secrets: { keys: ['c2hvcnQ='] } } },
      {},
      'error',
      'secrets.key',
      /keys\[0\]/,
    ],
    [
      'a good key',
      secretsCheck,
      { agentic: { secrets: { keys: [KEY] } } },
      {},
      'ok',
      'secrets.key',
      /1 key/,
    ],
    [
      'no key yet',
      secretsCheck,
      {},
      {},
      'ok',
      'secrets.key',
      /None is there yet/,
    ],
    [
      'no database',
      databaseCheck,
      {},
      {},
      'error',
      'database.reach',
      /not configured/,
    ],
    [
      'a database of another kind',
      databaseCheck,
      { backend: { database: { client: 'mysql2' } } },
      {},
      'error',
      'database.reach',
      /mysql2/,
    ],
    [
      'a database in memory',
      databaseCheck,
      {
        backend: {
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
      },
      {},
      'warning',
      'database.reach',
      /lost at each restart/,
    ],
    [
      'a server that is away',
      databaseCheck,
      { backend: { database: POSTGRES_AWAY } },
      {},
      'error',
      'database.reach',
      /127\.0\.0\.1:1.*ECONNREFUSED/,
    ],
    [
      'a password the doctor cannot get',
      databaseCheck,
      {
        backend: {
          database: { client: 'pg', connection: { type: 'cloudsql' } },
        },
      },
      {},
      'skipped',
      'database.reach',
      /cloudsql/,
    ],
    [
      'no file yet',
      databaseCheck,
      { backend: { database: SQLITE } },
      {},
      'ok',
      'database.reach',
      /first start/,
    ],
    [
      'an engine whose database is away',
      engineCheck,
      { backend: { database: POSTGRES_AWAY } },
      {},
      'skipped',
      'engine.data',
      /cannot be looked at/,
    ],
    [
      'a Vault that is away',
      vaultCheck,
      { agentic: { vault: { url: 'http://127.0.0.1:1' } } },
      {},
      'error',
      'vault.reach',
      /does not answer/,
    ],
    [
      'a portal that is away',
      portalCheck,
      { backend: { baseUrl: 'http://127.0.0.1:1' } },
      {},
      'warning',
      'portal.reach',
      /does not answer/,
    ],
    [
      'a portal without an address',
      portalCheck,
      {},
      {},
      'error',
      'portal.reach',
      /no address/,
    ],
    [
      'no room on the disk',
      machineCheck,
      { agentic: { dataDir: '/proc/nowhere' } },
      {},
      'error',
      'machine.disk',
      /0\.0 GiB/,
    ],
  ])('%s', async (_, check, data, env, level, id, text) => {
    const found = await findings(check, data, { env });
    expect(found).toContainEqual([level, id, expect.stringMatching(text)]);
    expect(JSON.stringify(found)).not.toContain(PASSWORD);
  });
});

describe('what the doctor finds in a database', () => {
  const config = { backend: { database: SQLITE } };

  async function database() {
    mkdirSync(path.join(root, 'db'));
    const knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: path.join(root, 'db', 'agentic.sqlite') },
      useNullAsDefault: true,
    });
    await migrateToLatest(knex, MIGRATIONS);
    return knex;
  }

  it('nothing wrong in a new one, and changes nothing', async () => {
    const knex = await database();
    const tables = await knex('sqlite_master').count({ n: '*' });
    const found = await findings(databaseCheck, config);
    expect(found.filter(([level]) => level !== 'ok')).toEqual([]);
    expect(await knex('sqlite_master').count({ n: '*' })).toEqual(tables);
    await knex.destroy();
  });

  it('a schema that is behind, one that is ahead, and a migration that was broken off', async () => {
    const knex = await database();
    await knex('knex_migrations')
      .where('id', knex('knex_migrations').max('id'))
      .delete();
    await knex('knex_migrations').insert({
      name: '29990101000000_from_tomorrow.js',
      batch: 9,
      migration_time: new Date(),
    });
    await knex('knex_migrations_lock').update({ is_locked: 1 });
    await knex.destroy();
    const found = await findings(databaseCheck, config);
    expect(found.filter(([level]) => level === 'warning')).toEqual([
      ['warning', 'database.migrationLock', expect.any(String)],
      [
        'warning',
        'database.schema',
        expect.stringMatching(/1 of \d+ migrations are missing/),
      ],
      ['warning', 'database.schema', expect.stringContaining('from_tomorrow')],
    ]);
  });

  it('what was given up, what waits for long, and stops', async () => {
    const knex = await database();
    const entry = {
      kind: 'event',
      payload: '{}',
      attempts: 3,
      due_at: '2026-01-01T00:00:00.000Z',
      created_at: '2026-01-01T00:00:00.000Z',
    };
    await knex('outbox').insert([
      { ...entry, event_id: 'a', status: 'dead' },
      { ...entry, event_id: 'b', status: 'pending' },
    ]);
    await knex('kill_switches').insert({
      agent: '*',
      engaged_by: 'user:default/ben',
      engaged_at: '2026-01-01T00:00:00.000Z',
      reason: 'a key leaked',
    });
    await knex.destroy();
    const found = await findings(databaseCheck, config);
    expect(
      found.filter(([level]) => level !== 'ok').map(([, id]) => id),
    ).toEqual(['database.outbox', 'database.outboxLag', 'database.stops']);
  });

  it('secrets whose key is gone', async () => {
    const knex = await database();
    const at = '2026-01-01T00:00:00.000Z';
    await knex('secrets').insert({
      path: 'databases/a',
      version: 1,
      labels: '{}',
      rotate_after_days: 90,
      created_at: at,
      rotated_at: at,
    });
    await knex('secret_versions').insert({
      path: 'databases/a',
      version: 1,
      key_id: 'feedfacefeedface',
      wrapped_key: 'x',
      ciphertext: 'x',
      created_at: at,
    });
    await knex.destroy();
    const found = await findings(secretsCheck, {
      ...config,
      agentic: { secrets: { keys: [KEY] } },
    });
    expect(found).toContainEqual([
      'error',
      'secrets.readable',
      expect.stringContaining('feedfacefeedface'),
    ]);
  });

  it('a file that is no database', async () => {
    mkdirSync(path.join(root, 'db'));
    writeFileSync(path.join(root, 'db', 'agentic.sqlite'), 'x'.repeat(4096));
    expect(await findings(databaseCheck, config)).toEqual([
      ['error', 'database.reach', expect.stringContaining('not a database')],
    ]);
  });
});

describe('what the doctor finds in servers that answer', () => {
  const health = (status: string) => ({
    status: status === 'ok' ? 'ok' : 'degraded',
    checks: [{ id: 'engine', status, message: 'said so' }],
    agents: [],
  });

  it.each<
    [string, number, unknown, Record<string, string>, FindingLevel, string]
  >([
    ['a healthy portal', 200, health('ok'), {}, 'ok', 'portal.health'],
    [
      'an engine that failed',
      503,
      health('failed'),
      {},
      'error',
      'portal.health',
    ],
    [
      'something else at the address',
      404,
      { error: 'no' },
      {},
      'error',
      'portal.reach',
    ],
    [
      'a clock that is wrong',
      200,
      health('ok'),
      { date: 'Thu, 01 Jan 2026 00:00:00 GMT' },
      'warning',
      'portal.clock',
    ],
  ])('%s', async (_, status, body, headers, level, id) => {
    const url = await answering(status, body, headers);
    const found = await findings(portalCheck, {}, { url });
    expect(found.map(([l, i]) => [l, i])).toContainEqual([level, id]);
  });

  it('a token that is refused, without repeating it', async () => {
    const server = createServer((req, res) => {
      const details = req.url?.endsWith('/details');
      res
        .writeHead(details ? 403 : 200)
        .end(JSON.stringify(details ? { error: TOKEN } : health('ok')));
    });
    servers.push(server);
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as { port: number };
    const found = await findings(
      portalCheck,
      {},
      {
        url: `http://127.0.0.1:${port}`,
        token: TOKEN,
      },
    );
    expect(found).toContainEqual([
      'warning',
      'portal.dependencies',
      expect.stringContaining('403'),
    ]);
    expect(JSON.stringify(found)).not.toContain(TOKEN);
  });

  it('a Vault that is sealed', async () => {
    const url = await answering(503, { sealed: true });
    expect(await findings(vaultCheck, { agentic: { vault: { url } } })).toEqual(
      [['error', 'vault.reach', expect.stringContaining('sealed')]],
    );
  });
});

describe('the command', () => {
  async function run(...args: string[]) {
    let out = '';
    let err = '';
    const code = await runDoctor(args, {
      env: { AGENTIC_TOKEN: TOKEN, NODE_ENV: 'production' },
      cwd: root,
      out: text => {
        out += text;
      },
      err: text => {
        err += text;
      },
    });
    return { code, out, err };
  }

  /** The program itself, as an operator runs it. */
  async function spawned(env: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, [PROGRAM], {
      cwd: root,
      env: { PATH: process.env.PATH, ...env },
    });
    let out = '';
    const keep = (chunk: Buffer) => {
      out += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const code = await new Promise(ended => child.on('close', ended));
    return { code, out };
  }

  it('says what it does, and what is wrong with how it is used', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, err: '' });
    const wrong = await run('--loud');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('usage: agentic-doctor');
  });

  it('says so when the configuration itself cannot be loaded', async () => {
    writeFileSync(path.join(root, 'app-config.yaml'), 'backend: [\n');
    const { code, out } = await run('--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).findings).toEqual([
      expect.objectContaining({ id: 'config.load', level: 'error' }),
    ]);
  });

  it('looks at everything although nothing works, and gives no secret away', async () => {
    writeFileSync(
      path.join(root, 'app-config.yaml'),
      JSON.stringify({
        backend: {
          baseUrl: 'http://127.0.0.1:1',
          database: {
            client: 'pg',
            connection: `postgresql://portal:${PASSWORD}@127.0.0.1:1/portal`,
            pluginDivisionMode: 'schema',
          },
        },
        agentic: {
          aprovals: {},
          sweeper: { everyHours: 'soon' },
          secrets: { keys: [`${KEY}x`] },
          vault: {
            url: 'http://127.0.0.1:1',
            auth: { method: 'token', token: PASSWORD },
          },
        },
      }),
    );
    const { code, out } = await spawned({
      AGENTIC_TOKEN: TOKEN,
      NODE_ENV: 'production',
    });
    expect(code).toBe(1);
    for (const secret of [PASSWORD, TOKEN, KEY]) {
      expect(out).not.toContain(secret);
    }
    expect(out).toContain("database 'portal', schema 'agentic'");
    for (const area of new Set(CHECKS.map(({ id }) => id))) {
      expect(out).toMatch(new RegExp(`^\\S+ +${area}\\.`, 'm'));
    }
    expect(out).toContain("'agentic.aprovals' is no setting");
    expect(out).toContain("'agentic.sweeper.everyHours' must be number");
    // What is wrong has a way out.
    expect(out.match(/^(ERROR|WARNING)/gm)).toHaveLength(
      out.match(/^ +-> \S/gm)?.length ?? 0,
    );
  });
});
