import { testDatabases } from '../__testUtils__/databases';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import type { Knex } from 'knex';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readEvents } from './EventLog';

jest.setTimeout(60_000);

const databases = testDatabases();

describe('EventLog', () => {
  let folder: string;
  let knex: Knex;
  let host: TestHost;
  let id: string;

  beforeAll(async () => {
    knex = await databases.open('SQLite');
    folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-events-test-'));
    host = await createTestHost({ knex, world: new SampleWorld(folder) });
    id = await host.create({});
  });
  afterAll(async () => {
    await host.shutdown();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a hidden line', 'done\u001b[2K\u001b[1A', 'done'],
    ['turned text', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['several lines', 'one\r\ntwo', 'one\ntwo'],
    ['a password', 'password=hunter22', 'password=[redacted]'],
    ['a NUL', 'a\0b', 'a\ufffdb'],
  ])('keeps %s so that nobody is deceived', async (_what, said, kept) => {
    await host.database.withWorkflow(id, async tx => {
      tx.events.add({ type: 'log', message: said, data: { said } });
    });
    const events = await readEvents(knex, id, { after: 0, limit: 500 });
    expect(events.map(event => event.message)).toContain(kept);
  });
});
