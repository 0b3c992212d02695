import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { processIdentity } from '../exec/processIdentity';
import { runsAsRoot } from '../exec/unprivilegedUser';
import { EmbeddedPostgres } from './EmbeddedPostgres';

jest.setTimeout(120_000);

function stateOf(folder: string): {
  pid: number;
  port: number;
  password: string;
} {
  return JSON.parse(readFileSync(path.join(folder, 'server.json'), 'utf8'));
}

describe('EmbeddedPostgres', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;

  const serverAt = (from: number) =>
    new EmbeddedPostgres({
      dataDir,
      allowProduction: false,
      portRange: { from, to: from + 99 },
    });

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-pg-test-'));
    chmodSync(dataDir, 0o755);
    server = serverAt(24800);
  });

  afterEach(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is found again by the next portal, and comes back with its data after a stop', async () => {
    const folder = path.join(dataDir, 'postgres');
    expect(await server.exists()).toBe(false);
    expect(await server.isRunning()).toBe(false);
    await server.withAdmin(client => client.query('create table kept (n int)'));
    const { pid, port } = stateOf(folder);

    const next = serverAt(24800);
    expect(await next.isRunning()).toBe(true);
    expect((await next.endpoint()).port).toBe(port);
    expect(stateOf(folder).pid).toBe(pid);

    await next.stop();
    expect(processIdentity(pid)).toBeUndefined();
    expect(await server.isRunning()).toBe(false);
    expect(await server.exists()).toBe(true);

    // Somebody else takes the port in between.
    const squatter = createServer().listen(port, '127.0.0.1');
    await server.withAdmin(async client => {
      expect((await client.query('select n from kept')).rows).toEqual([]);
    });
    expect(stateOf(folder).port).not.toBe(port);
    squatter.close();
  });

  it('starts once for many callers, listens on loopback only and wants the password', async () => {
    const others = [server, serverAt(24800), serverAt(24800)];
    const endpoints = await Promise.all(others.map(each => each.endpoint()));
    expect(new Set(endpoints.map(({ port }) => port)).size).toBe(1);
    const listening = await server.withAdmin(client =>
      client.query('show listen_addresses'),
    );
    expect(listening.rows).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const stranger = new Client({
      ...endpoints[0],
      user: 'agentic_admin',
      database: 'postgres',
      password: 'guessed',
    });
    await expect(stranger.connect()).rejects.toThrow(/authentication failed/);
  });

  (process.platform === 'linux' ? describe : describe.skip)('on Linux', () => {
    it('is a process group of its own that does not hang on the portal', async () => {
      await server.endpoint();
      const { pid } = stateOf(path.join(dataDir, 'postgres'));
      const [, , group, session] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      expect([group, session]).toEqual([String(pid), String(pid)]);
      expect(processIdentity(pid)).toBeDefined();
    });
  });

  (runsAsRoot() ? describe : describe.skip)('for root', () => {
    it('runs as another user for root, also when that user cannot get to the data folder', async () => {
      chmodSync(dataDir, 0o700);
      await server.endpoint();
      const id = createHash('sha256')
        .update(dataDir)
        .digest('hex')
        .slice(0, 16);
      const root = path.join('/var/lib/agentic-framework', id);
      try {
        const { pid } = stateOf(path.join(root, 'postgres'));
        const uid = /^Uid:\t(\d+)/m.exec(
          readFileSync(`/proc/${pid}/status`, 'utf8'),
        )?.[1];
        expect(Number(uid)).toBeGreaterThan(0);
      } finally {
        await server.stop();
        rmSync(root, { recursive: true, force: true });
      }
    });
  });
});
