import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { HostProcess, readFacts, type Fact } from './__testUtils__/HostProcess';

const connectionString = process.env.AGENTIC_TEST_POSTGRES_URL ?? '';
const describeOnPostgres = connectionString ? describe : describe.skip;

describeOnPostgres('several processes on one PostgreSQL', () => {
  let root: string;
  let schema: string;
  const hosts: HostProcess[] = [];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'agentic-takeover-'));
    schema = `engine_${randomBytes(4).toString('hex')}`;
  });

  afterEach(async () => {
    hosts.forEach(host => host.kill('SIGKILL'));
    await Promise.all(hosts.splice(0).map(host => host.exited));
    await rm(root, { recursive: true, force: true });
    const client = new Client({ connectionString });
    await client.connect();
    await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    await client.end();
  });

  function newHost(start?: string): HostProcess {
    const started = new HostProcess({
      engine: { kind: 'postgres', schema, connection: { connectionString } },
      facts: join(root, 'facts.jsonl'),
      start,
    });
    hosts.push(started);
    return started;
  }

  const launched = (of: HostProcess) =>
    of.said('that it launched', line => line.launchedInMs !== undefined);

  async function factFrom(pid: number, after = 0): Promise<Fact> {
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      const found = readFacts(join(root, 'facts.jsonl')).find(
        fact => fact.pid === pid && fact.at > after,
      );
      if (found) {
        return found;
      }
      await sleep(20);
    }
    throw new Error(`Process ${pid} has established nothing`);
  }

  it('all come up when six launch together on an empty database', async () => {
    const six = Array.from({ length: 6 }, () => newHost());
    const lines = await Promise.all(six.map(launched));
    expect(lines).toHaveLength(6);
    expect(six.flatMap(({ lines: all }) => all.filter(l => l.error))).toEqual(
      [],
    );
  }, 120_000);

  it('take over the runs of a killed one in less than ten seconds', async () => {
    const heir = newHost();
    await launched(heir);
    const victim = newHost('clock');
    await factFrom(victim.pid);
    const killedAt = Date.now();
    victim.kill('SIGKILL');
    const first = await factFrom(heir.pid, killedAt);
    expect(first.at - killedAt).toBeLessThan(10_000);
  }, 120_000);

  it('keep the runs of a frozen one when it comes back', async () => {
    const heir = newHost();
    await launched(heir);
    const frozen = newHost('clock');
    await factFrom(frozen.pid);
    frozen.kill('SIGSTOP');
    await factFrom(heir.pid, Date.now());

    const back = Date.now();
    frozen.kill('SIGCONT');
    await frozen.said('that it was taken for dead', line =>
      Boolean(line.warn?.includes('taken for dead')),
    );
    await sleep(3000);
    const since = readFacts(join(root, 'facts.jsonl')).filter(
      fact => fact.at > back,
    );
    // The one step it may have been frozen in, and none after it.
    expect(
      since.filter(({ pid }) => pid === frozen.pid).length,
    ).toBeLessThanOrEqual(1);
    expect(since.filter(({ pid }) => pid === heir.pid).length).toBeGreaterThan(
      5,
    );
  }, 120_000);
});
