import createKnex from 'knex';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCrashProcess } from '../__testUtils__/runCrashProcess';

jest.setTimeout(180_000);

const url = process.env.AGENTIC_TEST_POSTGRES_URL;
const onPostgres = url ? describe : describe.skip;

onPostgres('two processes on one PostgreSQL', () => {
  let connection: string;
  beforeAll(async () => {
    const database = `agentic_takeover_${randomBytes(6).toString('hex')}`;
    const admin = createKnex({ client: 'pg', connection: url });
    await admin.raw('create database ??', [database]);
    await admin.destroy();
    const target = new URL(url!);
    target.pathname = `/${database}`;
    connection = target.href;
  });

  it('go on within ten seconds when the one that works is killed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'agentic-takeover-'));
    // The first holds the last task for a minute, so that it is killed in the middle of its work.
    const first = startCrashProcess({
      folder,
      postgres: connection,
      holdAt: 't4',
    });
    await first.printed('holding t4');
    const second = startCrashProcess({ folder, postgres: connection });
    await second.printed('launched');

    const killedAt = Date.now();
    first.kill();
    expect(await first.outcome).toBe('killed');
    const outcome = await second.outcome;
    const seconds = (Date.now() - killedAt) / 1000;
    expect(outcome).toMatchObject({
      phase: 'completed',
      ledger: ['made repo', 'made process'],
    });
    process.stdout.write(
      `Taken over and finished ${seconds.toFixed(1)} s after the kill\n`,
    );
    expect(seconds).toBeLessThan(10);
  });

  it('start together on an empty database and share the work', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'agentic-together-'));
    const outcomes = await Promise.all(
      ['a', 'b', 'c'].map(
        () =>
          startCrashProcess({ folder, postgres: connection, name: 'together' })
            .outcome,
      ),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        phase: 'completed',
        ledger: ['made repo', 'made process'],
      });
    }
  });
});
