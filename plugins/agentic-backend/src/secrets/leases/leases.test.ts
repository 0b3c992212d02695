import { MemoryDynamicSecrets } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { Knex } from 'knex';
import { testDatabases } from '../../__testUtils__/databases';
import { quietLogger } from '../../__testUtils__/quietServices';
import { testLender } from '../../__testUtils__/testLender';
import { AgenticDatabase } from '../../database/AgenticDatabase';
import { SecretMasks } from '../../runtime/redactValues';
import type { SecretUse } from '../LentSecrets';
import { SecretAccessRecords } from '../SecretAccessRecords';
import type { SecretLender } from '../SecretLender';
import { BorrowedSecrets } from './BorrowedSecrets';
import { HOLD_MS, LeaseBook } from './LeaseBook';
import { LeaseSweeper } from './LeaseSweeper';

const USERNAME = 'secret:vault-database/readonly#username';
const PASSWORD = 'secret:vault-database/readonly#password';

const databases = testDatabases();

describe.each(databases.names)('dynamic secrets on %s', name => {
  let knex: Knex;
  let database: MemoryDynamicSecrets;
  let masks: SecretMasks;
  let lender: SecretLender;
  let sweeper: LeaseSweeper;

  const use = (changes: Partial<SecretUse> = {}): SecretUse => ({
    actor: 'agent:deployment',
    tool: 'db.report',
    workflowId: 'wf-1',
    taskId: 't1',
    requestedBy: 'user:default/ada',
    names: { service: 'orders', environment: 'staging' },
    declared: [
      { who: "Tool 'db.report'", patterns: ['vault-database/readonly'] },
    ],
    ...changes,
  });

  beforeAll(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
  });
  beforeEach(async () => {
    await knex('secret_leases').delete();
    await knex('secret_access').delete();
    database = new MemoryDynamicSecrets('vault-database');
    masks = new SecretMasks();
    lender = testLender(knex, { masks, dynamic: [database] });
    const records = new SecretAccessRecords(knex);
    sweeper = new LeaseSweeper({
      knex,
      book: new LeaseBook({ knex, records, stores: [database] }),
      logger: quietLogger,
    });
  });

  const log = async () =>
    (await knex('secret_access').orderBy('id')).map(
      ({ action, outcome }) => `${action} ${outcome}`,
    );
  const statuses = async () =>
    (await knex('secret_leases').orderBy('id')).map(({ status }) => status);
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
  const borrow = () =>
    lender.lend(use(), secrets => secrets.resolve(PASSWORD, 'a report'));

  it('lends credentials of one pair for one call, and takes them back at its end', async () => {
    let seen: Record<string, string> = {};
    const answer = await lender.lend(use(), async secrets => {
      seen = {
        username: await secrets.resolve(USERNAME, 'a report'),
        password: await secrets.resolve(PASSWORD, 'a report'),
      };
      expect(database.works(seen)).toBe(true);
      return `${seen.username} has ${seen.password}`;
    });
    expect(database.works(seen)).toBe(false);
    expect(database.living).toBe(0);
    expect(answer).not.toContain(seen.username);
    expect(answer).not.toContain(seen.password);
    expect(masks.mask(seen.password)).not.toBe(seen.password);
    expect(await statuses()).toEqual(['revoked']);
    expect(await log()).toEqual([
      'issue granted',
      'issue granted',
      'revoke granted',
    ]);
    const [row] = await knex('secret_leases');
    expect(JSON.stringify(row)).not.toContain(seen.password);
  });

  it('makes others for the next call, and revokes also when a call fails', async () => {
    const passwords: string[] = [];
    for (const call of [0, 1]) {
      const failed = lender.lend(use(), async secrets => {
        passwords.push(await secrets.resolve(PASSWORD, 'a report'));
        throw new Error(`could not log in with ${passwords[call]}`);
      });
      await expect(failed).rejects.toThrow('could not log in with [secret]');
    }
    expect(passwords[0]).not.toBe(passwords[1]);
    expect(database.living).toBe(0);
  });

  it('makes none for whoever has not declared it', async () => {
    await expect(
      lender.lend(
        use({ declared: [{ who: 'Tool', patterns: ['portal/**'] }] }),
        secrets => secrets.resolve(PASSWORD, 'a report'),
      ),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(await log()).toEqual(['issue refused']);
    expect(await statuses()).toEqual([]);
  });

  it('does not fail a call because its credentials could not be revoked; the sweeper revokes them', async () => {
    database.revokeFails = true;
    await borrow();
    expect(await statuses()).toEqual(['returned']);
    expect(database.living).toBe(1);
    // Not before its time, and with longer pauses each time.
    expect(await sweeper.sweep()).toBe(0);
    expect(await sweeper.sweep(inSeconds(40))).toBe(1);
    expect(await sweeper.sweep(inSeconds(40))).toBe(0);
    database.revokeFails = false;
    expect(await sweeper.sweep(inSeconds(600))).toBe(1);
    expect(database.living).toBe(0);
    expect(await statuses()).toEqual(['revoked']);
    expect(await log()).toEqual([
      'issue granted',
      'revoke failed',
      'revoke failed',
      'revoke granted',
    ]);
  });

  it('takes back what a call had that died', async () => {
    const dying = lender.lend(use(), async secrets => {
      await secrets.resolve(PASSWORD, 'a report');
      // The process is killed: nothing after this happens.
      return new Promise(() => {});
    });
    dying.catch(() => undefined);
    while (database.living === 0) await new Promise(setImmediate);
    while ((await statuses())[0] !== 'lent') await new Promise(setImmediate);
    expect(await sweeper.sweep()).toBe(0);
    const rounds = await Promise.all([
      sweeper.sweep(inSeconds(HOLD_MS / 1000 + 1)),
      sweeper.sweep(inSeconds(HOLD_MS / 1000 + 1)),
    ]);
    expect(rounds.sort()).toEqual([0, 1]);
    expect(database.living).toBe(0);
    expect((await log()).at(-1)).toBe('revoke granted');
  });

  it('says so when a call died before it knew its lease', async () => {
    await knex('secret_leases').insert({
      store: 'vault-database',
      path: 'readonly',
      status: 'asked',
      borrower: JSON.stringify({ actor: 'agent:deployment' }),
      asked_at: new Date().toISOString(),
      held_until: new Date().toISOString(),
      attempts: 0,
    });
    expect(await sweeper.sweep(inSeconds(1))).toBe(1);
    expect(await statuses()).toEqual(['lost']);
    expect(await log()).toEqual(['issue failed']);
  });

  it('leaves alone what has ended by itself', async () => {
    database.seconds = 30;
    database.revokeFails = true;
    await borrow();
    expect(await sweeper.sweep(inSeconds(60))).toBe(1);
    expect(await statuses()).toEqual(['expired']);
    expect(await sweeper.sweep(inSeconds(6000))).toBe(0);
  });

  it('says that they could not be made, and remembers that they may have been', async () => {
    database.away = true;
    await expect(borrow()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(await log()).toEqual(['issue failed']);
    expect(await statuses()).toEqual(['lost']);
    database.away = false;
    await expect(
      lender.lend(
        use({ declared: [{ who: 'Tool', patterns: ['vault-database/*'] }] }),
        secrets =>
          secrets.resolve('secret:vault-database/unknown#password', ''),
      ),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await statuses()).toEqual(['lost', 'revoked']);
  });

  it('forgets loans that ended long ago', async () => {
    await borrow();
    await sweeper.sweep(inSeconds(31 * 24 * 3600));
    expect(await statuses()).toEqual([]);
  });
});

describe('a long call', () => {
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => jest.useRealTimers());

  it('keeps its credentials alive as long as it lasts', async () => {
    const held: number[] = [];
    const renewed: number[] = [];
    const database = new MemoryDynamicSecrets('vault-database');
    database.seconds = 90;
    const secret = await database.issue('readonly');
    const borrowed = new BorrowedSecrets(
      {
        lend: async () => ({ id: 7, store: database, secret }),
        hold: async ids => {
          held.push(...ids);
        },
        renew: async (_loan, seconds) => {
          renewed.push(seconds);
          return database.renew(secret.leaseId, seconds);
        },
        giveBack: async () => database.revoke(secret.leaseId),
      },
      { actor: 'agent:deployment' },
    );
    const values = await borrowed.values(database, 'readonly');
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    expect(held.length).toBeGreaterThanOrEqual(14);
    expect(renewed).toEqual([600]);
    expect(database.works(values)).toBe(true);
    await borrowed.end();
    expect(database.works(values)).toBe(false);
  });
});
