import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { AgenticDatabase } from '../database/AgenticDatabase';
import {
  appendAllToRecord,
  appendToRecord,
  type NewChange,
} from './ChangeRecord';
import { loadRecord } from './loadRecord';
import { verifyRecord } from '@agentic-backstage/change-record';

const databases = testDatabases();

function aChange(change: Partial<NewChange> = {}): NewChange {
  return {
    chain: 'wf-1',
    kind: 'effect.begun',
    actor: 'agent:deployment',
    subject: 'effect:e-1',
    payload: { port: 8080 },
    ...change,
  };
}

describe.each(databases.names)('appendToRecord on %s', name => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
  });

  const append = (change: Partial<NewChange> = {}) =>
    knex.transaction(trx => appendToRecord(trx, aChange(change)));

  it('makes a chain that verifies, one for each workflow', async () => {
    await append();
    await append({ kind: 'effect.confirmed' });
    await append({ chain: 'wf-2' });
    for (const [chain, length] of [
      ['wf-1', 2],
      ['wf-2', 1],
    ] as const) {
      const record = await loadRecord(knex, chain);
      expect(record.entries).toHaveLength(length);
      expect(verifyRecord(record).problems).toEqual([]);
    }
  });

  it('keeps nothing of a transaction that is rolled back', async () => {
    await expect(
      knex.transaction(async trx => {
        await appendToRecord(trx, aChange({ chain: 'wf-back' }));
        throw new Error('something else failed');
      }),
    ).rejects.toThrow('something else failed');
    expect((await loadRecord(knex, 'wf-back')).entries).toEqual([]);
  });

  it('has one line for many writers at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, writer) =>
        append({ chain: 'wf-many', payload: { writer } }),
      ),
    );
    const record = await loadRecord(knex, 'wf-many');
    expect(record.entries.map(entry => entry.seq)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
    expect(verifyRecord(record).status).toBe('intact');
  });

  it('appends several in the order given, to several chains', async () => {
    const added = await knex.transaction(trx =>
      appendAllToRecord(trx, [
        aChange({ chain: 'wf-a', subject: 'effect:1' }),
        aChange({ chain: 'system', subject: 'effect:2' }),
        aChange({ chain: 'wf-a', subject: 'effect:3' }),
      ]),
    );
    expect(added.map(entry => [entry.seq, entry.subject])).toEqual([
      [1, 'effect:1'],
      [2, 'effect:3'],
      [1, 'effect:2'],
    ]);
    expect(verifyRecord(await loadRecord(knex, 'wf-a')).status).toBe('intact');
  });

  it('takes secrets out of a payload and keeps the digest of what is too large', async () => {
    await append({
      chain: 'wf-red',
      payload: { url: 'postgres://ada:hunter22@db/x' },
    });
    await append({ chain: 'wf-red', payload: 'x'.repeat(300_000) });
    const { payloads } = await loadRecord(knex, 'wf-red');
    expect(payloads[1]).toMatchObject({
      value: { url: 'postgres://ada:[password]@db/x' },
    });
    expect(payloads[2]).toMatchObject({
      value: { tooLarge: true, characters: 300_002 },
    });
  });

  it.each([
    [
      'an entry is changed',
      `update record_entries set actor = 'user:default/eve' where chain = 'wf-1'`,
    ],
    [
      'an entry is deleted',
      `delete from record_entries where chain = 'wf-1' and seq = 2`,
    ],
    [
      'a payload is changed',
      `update record_payloads set body = '{}' where chain = 'wf-1'`,
    ],
    [
      'a payload is deleted',
      `delete from record_payloads where chain = 'wf-1'`,
    ],
    [
      'a head is set back',
      `update record_heads set seq = 1 where chain = 'wf-1'`,
    ],
    ['a head is deleted', `delete from record_heads where chain = 'wf-1'`],
    [
      'an entry is put where one is',
      `insert into record_entries (chain, seq, kind, actor, subject, at, payload_digest, previous, hash)
       select chain, seq, kind, 'user:default/eve', subject, at, payload_digest, previous, hash
       from record_entries where chain = 'wf-1' and seq = 2`,
    ],
    [
      'an entry is put beyond the end',
      `insert into record_entries (chain, seq, kind, actor, subject, at, payload_digest, previous, hash)
       select chain, seq + 5, kind, actor, subject, at, payload_digest, previous, hash
       from record_entries where chain = 'wf-1' and seq = 2`,
    ],
  ])('is refused by the database itself when %s', async (_, statement) => {
    await expect(knex.raw(statement)).rejects.toThrow(/append-only/);
  });

  const replacing =
    name === 'SQLite'
      ? `insert or replace into record_entries (id, chain, seq, kind, actor, subject, at, payload_digest, previous, hash)
         select id, chain, seq, kind, 'user:default/eve', subject, at, payload_digest, previous, hash
         from record_entries where chain = 'wf-1' and seq = 2`
      : 'truncate record_entries';

  it('cannot be replaced or emptied in one stroke', async () => {
    await expect(knex.raw(replacing)).rejects.toThrow(/append-only/);
  });
});
