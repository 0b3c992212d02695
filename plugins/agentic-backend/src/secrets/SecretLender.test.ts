import type { SecretAccess } from '@agentic-backstage/plugin-agentic-node';
import { MemorySecretStore } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { testLender } from '../__testUtils__/testLender';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { SecretMasks } from '../runtime/redactValues';
import { loadRecord } from '../changeRecord/loadRecord';
import type { SecretUse } from './LentSecrets';
import { SecretAccessRecords } from './SecretAccessRecords';
import type { SecretLender } from './SecretLender';

const PASSWORD = 'correct horse battery';
const REFERENCE = 'secret:portal/databases/user-service#password';

const databases = testDatabases();

describe.each(databases.names)('SecretLender on %s', name => {
  let knex: Knex;
  let store: MemorySecretStore;
  let masks: SecretMasks;
  let lender: SecretLender;
  let workflows = 0;
  let workflowId: string;

  const use = (changes: Partial<SecretUse> = {}): SecretUse => ({
    actor: 'agent:deployment',
    tool: 'process.deploy',
    workflowId,
    taskId: 't5',
    requestedBy: 'user:default/ada',
    names: { service: 'user-service', environment: 'staging' },
    declared: [
      { who: "Tool 'process.deploy'", patterns: ['*/databases/{service}/**'] },
      { who: "Agent 'deployment'", patterns: ['*/databases/{service}/**'] },
    ],
    ...changes,
  });
  const log = async () =>
    (await new SecretAccessRecords(knex).list({ workflowId, limit: 50 }))
      .entries;

  beforeAll(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
  });
  beforeEach(async () => {
    workflows += 1;
    workflowId = `wf-${workflows}`;
    store = new MemorySecretStore('portal');
    masks = new SecretMasks();
    lender = testLender(knex, { store, masks });
    await store.put('databases/user-service', {
      values: { password: PASSWORD },
    });
    await store.put('databases/other-service', {
      values: { password: PASSWORD },
    });
  });

  it('gives what tool and agent have declared, and writes down who had it for what', async () => {
    await lender.lend(use(), async secrets => {
      expect(await secrets.resolve(REFERENCE, 'to log in')).toBe(PASSWORD);
    });
    expect(await log()).toEqual([
      expect.objectContaining({
        action: 'read',
        outcome: 'granted',
        secret: REFERENCE,
        version: 1,
        actor: 'agent:deployment',
        tool: 'process.deploy',
        workflowId,
        taskId: 't5',
        requestedBy: 'user:default/ada',
        purpose: 'to log in',
      }),
    ]);
    const record = await loadRecord(knex, workflowId);
    expect(JSON.stringify(record)).toContain('secret.read');
    expect(JSON.stringify(record)).toContain(REFERENCE);
    expect(JSON.stringify(record)).not.toContain(PASSWORD);
  });

  const none = { patterns: [] as string[] };
  it.each<[string, Partial<SecretUse>, string, RegExp]>([
    [
      'the secret of another service',
      {},
      'secret:portal/databases/other-service#password',
      /Tool 'process.deploy' has not declared it/,
    ],
    [
      'what the tool has not declared',
      {
        declared: [
          { who: "Tool 't'", ...none },
          { who: "Agent 'a'", patterns: ['portal/**'] },
        ],
      },
      REFERENCE,
      /Tool 't' has not declared it/,
    ],
    [
      'what the agent has not declared',
      {
        declared: [
          { who: "Tool 't'", patterns: ['portal/**'] },
          { who: "Agent 'a'", ...none },
        ],
      },
      REFERENCE,
      /Agent 'a' has not declared it/,
    ],
    ['anything without any declaration', { declared: [] }, REFERENCE, /Nobody/],
  ])('refuses %s, and writes that down', async (_what, changes, ref, why) => {
    await expect(
      lender.lend(use(changes), secrets => secrets.resolve(ref, 'to log in')),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(why),
    });
    expect(await log()).toEqual([
      expect.objectContaining({
        outcome: 'refused',
        secret: ref,
        reason: expect.stringMatching(why),
      }),
    ]);
  });

  it.each<[string, (secrets: SecretAccess) => Promise<unknown>]>([
    ['put', s => s.put('databases/x', { values: { password: PASSWORD } }, '')],
    ['destroy', s => s.destroy('databases/other-service', '')],
    ['describe', s => s.describe('databases/other-service')],
    ['conceal', s => s.conceal('databases/other-service', '')],
  ])('refuses to %s what was not declared', async (_what, act) => {
    await expect(lender.lend(use(), act)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    expect(await store.describe('databases/x')).toBeUndefined();
    expect(await store.describe('databases/other-service')).toBeDefined();
    expect((await log())[0].outcome).toBe('refused');
  });

  it('gives nothing when it cannot be written down', async () => {
    await knex.schema.renameTable('secret_access', 'secret_access_gone');
    try {
      const got = await lender
        .lend(use(), secrets => secrets.resolve(REFERENCE, 'to log in'))
        .catch(error => error);
      // An error of the database; its class is not this realm's `Error` everywhere.
      expect(got).toMatchObject({
        message: expect.stringContaining('secret_access'),
      });
    } finally {
      await knex.schema.renameTable('secret_access_gone', 'secret_access');
    }
  });

  it('gives nothing after the call is over', async () => {
    let kept: SecretAccess | undefined;
    await lender.lend(use(), async secrets => {
      kept = secrets;
    });
    await expect(kept!.resolve(REFERENCE, 'later')).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('is over'),
    });
  });

  it('masks what the call answers and throws, and what is said after it', async () => {
    const answer = await lender.lend(use(), async secrets => {
      const password = await secrets.resolve(REFERENCE, 'to log in');
      return { url: `postgres://u:${encodeURIComponent(password)}@h/d` };
    });
    expect(answer).toEqual({ url: 'postgres://u:[secret]@h/d' });
    const thrown = await lender
      .lend(use(), async secrets => {
        const password = await secrets.resolve(REFERENCE, 'to log in');
        throw new TypeError(`could not use ${password}`);
      })
      .catch(error => error);
    expect(thrown).toBeInstanceOf(TypeError);
    expect(thrown.message).toBe('could not use [secret]');
    expect(thrown.stack).not.toContain(PASSWORD);
    expect(masks.finds(PASSWORD)).toBe(true);
  });

  it('masks a value that a tool made itself from the moment it puts it', async () => {
    const answer = await lender.lend(use(), async secrets => {
      await secrets.put(
        'databases/user-service',
        { values: { password: 'a made-up password' } },
        'a new database',
      );
      return 'it is a made-up password';
    });
    expect(answer).toBe('it is [secret]');
    const [entry] = await log();
    expect(entry).toMatchObject({ action: 'put', version: 2 });
  });

  it('does not let a look see values, only texts without them', async () => {
    const look = await lender.lendLook(use(), async secrets => {
      expect(Object.keys(secrets).sort()).toEqual(['conceal', 'describe']);
      expect(await secrets.describe('databases/user-service')).toMatchObject({
        version: 1,
      });
      return secrets.conceal(
        'databases/user-service',
        `line one\n${PASSWORD} failed`,
      );
    });
    expect(look).toBe('line one\n[secret] failed');
    expect((await log()).map(entry => entry.action)).toEqual(['conceal']);
  });

  it('refuses values too short to be told from ordinary text', async () => {
    await store.put('databases/user-service', { values: { password: 'abc' } });
    await expect(
      lender.lend(use(), secrets => secrets.resolve(REFERENCE, 'to log in')),
    ).rejects.toMatchObject({ name: 'InputError' });
    await expect(
      lender.lend(use(), secrets =>
        secrets.put('databases/user-service', { values: { p: 'abc' } }, ''),
      ),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it.each([
    'secret:portal/databases/user-service#nothing',
    'secret:portal/databases/user-service#__proto__',
    'secret:portal/databases/user-service?version=9#password',
    'secret:portal/databases/user-service/none#password',
  ])('says that %s is not there, and writes that down', async reference => {
    await expect(
      lender.lend(use(), secrets => secrets.resolve(reference, 'to log in')),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    expect((await log())[0]).toMatchObject({ outcome: 'failed' });
  });
});
