import { verifyRecord } from '@agentic-backstage/change-record';
import createKnex, { type Knex } from 'knex';
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createTestHost } from '../__testUtils__/createTestHost';
import {
  createTestPostgres,
  type TestPostgres,
} from '../__testUtils__/postgresServer';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { loadRecord } from '../changeRecord/loadRecord';

const server = process.env.AGENTIC_TEST_POSTGRES_URL ?? '';
const bin = path.resolve(__dirname, '../../bin');
const verify = path.resolve(
  __dirname,
  '../../../../packages/change-record/bin/agentic-verify',
);
jest.setTimeout(120_000);

/** A database that can be copied from or restored to. */
interface Place {
  readonly knex: () => Knex;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Leaves something of an engine there. */
  leaveEngine(): Promise<void>;
  drop(): Promise<void>;
}

function sqlitePlace(folder: string): Place {
  const dataDir = path.join(folder, 'data');
  const filename = path.join(folder, 'db', 'agentic.sqlite');
  return {
    knex: () => {
      mkdirSync(path.dirname(filename), { recursive: true });
      return createKnex({
        client: 'better-sqlite3',
        connection: { filename },
        useNullAsDefault: true,
      });
    },
    args: ['--sqlite', filename],
    env: {},
    leaveEngine: async () => {
      mkdirSync(path.join(dataDir, 'engine'), { recursive: true });
    },
    drop: async () => undefined,
  };
}

async function postgresPlace(): Promise<Place> {
  const postgres: TestPostgres = await createTestPostgres(server);
  await postgres.admin(
    `create schema agentic authorization ${postgres.role};
     grant create on database ${postgres.database} to ${postgres.role}`,
  );
  return {
    knex: () =>
      createKnex({
        client: 'pg',
        connection: postgres.connection,
        searchPath: ['agentic'],
      }),
    args: ['--schema', 'agentic'],
    env: { AGENTIC_DATABASE_URL: postgres.url },
    leaveEngine: async () => {
      await postgres.admin(
        `create schema agentic_engine authorization ${postgres.role};
         create table agentic_engine.workflow_status ();
         alter table agentic_engine.workflow_status owner to ${postgres.role}`,
      );
    },
    drop: () => postgres.drop(),
  };
}

async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; said: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [program, ...args],
      { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } },
    );
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as {
      code: number;
      stdout: string;
      stderr: string;
    };
    return { code, said: stdout + stderr };
  }
}

describe.each([
  ...(process.env.AGENTIC_TEST_ONLY_POSTGRES ? [] : ['SQLite']),
  ...(server ? ['PostgreSQL'] : []),
])('a backup of %s', name => {
  let root: string;
  let source: Place;
  let target: Place;

  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'agentic-backup-'));
    [source, target] =
      name === 'SQLite'
        ? ['source', 'target'].map(each => sqlitePlace(path.join(root, each)))
        : [await postgresPlace(), await postgresPlace()];
  });
  afterEach(() => Promise.all([source.drop(), target.drop()]));

  const backup = () =>
    run(
      path.join(bin, 'agentic-backup'),
      ['--out', path.join(root, 'copy'), ...source.args],
      source.env,
    );
  const restore = (...more: string[]) =>
    run(
      path.join(bin, 'agentic-restore'),
      [
        ...['--from', path.join(root, 'copy')],
        ...['--data-dir', path.join(root, 'target', 'data')],
        ...target.args,
        ...more,
      ],
      target.env,
    );

  it('taken while the portal works lets an empty one go on from there', async () => {
    const world = new SampleWorld(path.join(root, 'world'));
    const lost = source.knex();
    const begun = new Set<string>();
    let backedUp: { code: number; said: string } | undefined;
    const before = await createTestHost({
      knex: lost,
      world,
      faults: {
        beforeMake: async what => {
          if (begun.size > 0 && what === 'process' && !backedUp) {
            // The effect is on record as begun, and is done after the copy was made.
            backedUp = await backup();
          }
        },
      },
    });
    const parked = await before.create({ serviceName: 'parked' });
    await before.reaches(parked, 'awaiting_approval');
    const atWork = await before.create({ serviceName: 'at-work' });
    begun.add(atWork);
    await before.reaches(atWork, 'awaiting_approval');
    await before.approve(atWork);
    await before.reaches(atWork, 'completed', 60_000);
    expect(backedUp).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^COPIED: \d+ tables, \d+ rows, 3 change/),
    });
    const record = path.join(root, 'record.json');
    writeFileSync(record, JSON.stringify(await loadRecord(lost, parked)));
    await before.shutdown();
    await lost.destroy();

    expect(await restore()).toMatchObject({
      code: 0,
      said: expect.stringContaining('RESTORED: the state of '),
    });
    const found = target.knex();
    const after = await createTestHost({ knex: found, world });
    expect((await after.host.store.row(atWork))?.phase).not.toBe('completed');
    await after.reaches(atWork, 'completed', 60_000);
    await after.approve(parked);
    await after.reaches(parked, 'completed', 60_000);
    // Two workflows, two things each, once each.
    expect([...world.ledger].sort()).toEqual([
      'made process',
      'made process',
      'made repo',
      'made repo',
    ]);

    const now = await loadRecord(found, parked);
    expect(verifyRecord(now).status).toBe('intact');
    const { seq, hash } = JSON.parse(readFileSync(record, 'utf8')).head;
    expect(now.entries[seq - 1].hash).toBe(hash);
    expect(
      await run(verify, [record, '--head', `${seq}:${hash}`]),
    ).toMatchObject({ code: 0, said: expect.stringContaining('INTACT') });
    await after.shutdown();
    await found.destroy();
  });

  it('is refused where it is damaged, or would be mixed with something', async () => {
    const knex = source.knex();
    const host = await createTestHost({
      knex,
      world: new SampleWorld(path.join(root, 'world')),
    });
    expect((await backup()).code).toBe(0);
    expect(await backup()).toMatchObject({
      code: 1,
      said: expect.stringContaining('NOT COPIED'),
    });
    await host.shutdown();
    await knex.destroy();

    const manifest = path.join(root, 'copy', 'manifest.json');
    const said = readFileSync(manifest, 'utf8');
    const { file, tables } = JSON.parse(said);
    appendFileSync(path.join(root, 'copy', file), 'x');
    expect(await restore()).toMatchObject({
      code: 1,
      said: expect.stringContaining('is not what was copied'),
    });
    const copy = readFileSync(path.join(root, 'copy', file));
    writeFileSync(path.join(root, 'copy', file), copy.subarray(0, -1));

    await target.leaveEngine();
    expect(await restore()).toMatchObject({
      code: 1,
      said: expect.stringContaining('give --forget-engine'),
    });
    writeFileSync(
      manifest,
      JSON.stringify({
        ...JSON.parse(said),
        tables: { ...tables, workflows: 7 },
      }),
    );
    expect(await restore('--forget-engine')).toMatchObject({
      code: 1,
      said: expect.stringContaining('does not hold what the copy says'),
    });
    writeFileSync(manifest, said);
    expect(await restore()).toMatchObject({
      code: 1,
      said: expect.stringMatching(/exists; move it away|has tables/),
    });
  });
});
