import { verifyRecord } from '@agentic-backstage/change-record';
import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger, quietServices } from '../__testUtils__/quietServices';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { AuditLog } from './AuditLog';
import { AuditorForwarder } from './AuditorForwarder';
import { appendAllToRecord, type NewChange } from './ChangeRecord';
import { loadRecord } from './loadRecord';
import { PayloadErasure } from './PayloadErasure';
import { RecordVerifier } from './RecordVerifier';

const databases = testDatabases();

describe.each(databases.names)('the parts around the record on %s', name => {
  let database: AgenticDatabase;
  let knex: Knex;

  beforeEach(async () => {
    const opened = await databases.open(name);
    knex = opened;
    database = await AgenticDatabase.create({ getClient: async () => opened });
  });

  const append = (chain: string, ...changes: Partial<NewChange>[]) =>
    knex.transaction(trx =>
      appendAllToRecord(
        trx,
        changes.map(change => ({
          chain,
          kind: 'task.settled' as const,
          actor: 'agent:codegen',
          subject: 'task:t1',
          payload: { note: 'private words' },
          ...change,
        })),
      ),
    );

  const workflow = (id: string, service: string, environment: string) =>
    knex('workflows').insert({
      id,
      requested_by: 'user:default/ada',
      template: 't',
      service_name: service,
      environment,
      phase: 'running',
      plan_id: 'p',
      plan_hash: 'h',
      owner: 'group:default/team',
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
    });

  /** What somebody can do who owns the database. */
  const withoutTriggers = async (work: () => Promise<unknown>) => {
    const tables = ['record_entries', 'record_heads', 'record_payloads'];
    if (name === 'PostgreSQL') {
      for (const table of tables) {
        await knex.raw(`alter table ${table} disable trigger all`);
      }
    } else {
      const triggers: { name: string }[] = await knex('sqlite_master')
        .where('type', 'trigger')
        .whereIn('tbl_name', tables)
        .select('name');
      for (const trigger of triggers) {
        await knex.raw(`drop trigger ${trigger.name}`);
      }
    }
    await work();
  };

  describe('AuditLog', () => {
    it('finds by every filter, and shows a reader only what they may see', async () => {
      await workflow('wf-1', 'orders-api', 'staging');
      await workflow('wf-2', 'billing', 'production');
      await append('wf-1', {}, { kind: 'effect.begun', actor: 'agent:deploy' });
      await append('wf-2', { payload: { note: '100% \\ sure' } });
      await append('system', { kind: 'audit.exported' });
      const log = new AuditLog(knex);
      const found = async (
        filter: object,
        visible?: (query: Knex.QueryBuilder) => void,
      ) => {
        const { items } = await log.search({ filter, visible, limit: 10 });
        return items.map(({ chain, seq }) => `${chain}/${seq}`);
      };
      expect(await found({})).toEqual([
        'system/1',
        'wf-2/1',
        'wf-1/2',
        'wf-1/1',
      ]);
      expect(await found({ kind: 'effect' })).toEqual(['wf-1/2']);
      expect(await found({ actor: 'agent:deploy' })).toEqual(['wf-1/2']);
      expect(await found({ service: 'billing' })).toEqual(['wf-2/1']);
      expect(await found({ environment: 'staging' })).toHaveLength(2);
      expect(await found({ text: '100%' })).toEqual(['wf-2/1']);
      expect(await found({ text: 'PRIVATE' })).toHaveLength(3);
      expect(await found({ from: '2999-01-01T00:00:00Z' })).toEqual([]);
      expect(
        await found({}, query => query.where('environment', 'production')),
      ).toEqual(['wf-2/1']);
      const all = [];
      for await (const entry of log.all({ filter: { workflow: 'wf-2' } })) {
        all.push(entry);
      }
      expect(all).toMatchObject([
        {
          serviceName: 'billing',
          payload: { value: { note: '100% \\ sure' } },
        },
      ]);
    });
  });

  describe('RecordVerifier', () => {
    it('looks at all chains in turn and finds each intact', async () => {
      await append('wf-1', {}, {});
      await append('wf-2', {});
      const verifier = new RecordVerifier({ knex, logger: quietLogger });
      expect(await verifier.checkRound()).toBe(3);
      expect(verifier.check()).toMatchObject({ status: 'ok' });
    });

    it.each<[string, () => Promise<unknown>, string]>([
      [
        'an entry was changed',
        () =>
          knex('record_entries')
            .where({ chain: 'wf-1', seq: 2 })
            .update({ subject: 'task:t9' }),
        'changed_entry',
      ],
      [
        'a payload was changed',
        () =>
          knex('record_payloads')
            .where({ chain: 'wf-1', seq: 2 })
            .update({ body: '{"note":"other words"}' }),
        'changed_payload',
      ],
      [
        'a payload was taken away',
        () => knex('record_payloads').where({ chain: 'wf-1', seq: 2 }).delete(),
        'missing_payload',
      ],
      [
        'the head was moved back',
        async () => {
          const [first] = (await loadRecord(knex, 'wf-1')).entries;
          await knex('record_heads')
            .where('chain', 'wf-1')
            .update({ seq: 1, hash: first.hash });
        },
        'wrong_head',
      ],
      [
        'the end was cut off with the head, since it last looked',
        async () => {
          const { entries } = await loadRecord(knex, 'wf-1');
          const ends = { chain: 'wf-1', seq: 3 };
          await knex('record_entries').where(ends).delete();
          await knex('record_payloads').where(ends).delete();
          await knex('record_heads')
            .where('chain', 'wf-1')
            .update({ seq: 2, hash: entries[1].hash });
        },
        'wrong_head',
      ],
    ])('finds that %s', async (_, tamper, code) => {
      await append('wf-1', {}, {}, {});
      const verifier = new RecordVerifier({ knex, logger: quietLogger });
      await verifier.checkRound();
      await withoutTriggers(tamper);
      const { status, problems } = await verifier.verify('wf-1');
      expect(status).toBe('broken');
      expect(problems.map(problem => problem.code)).toContain(code);
      expect(verifier.check()).toMatchObject({ status: 'failed' });
      const [said] = (await loadRecord(knex, 'system')).entries;
      expect(said).toMatchObject({
        kind: 'record.broken',
        subject: 'chain:wf-1',
      });
    });
  });

  describe('PayloadErasure', () => {
    it('erases what is old, in every chain, and leaves the chains intact', async () => {
      await append('wf-1', {}, {}, {});
      await append('wf-2', {});
      const erasure = new PayloadErasure(knex);
      const soon = new Date(Date.now() + 1000);
      expect(await erasure.eraseOlderThan(soon)).toEqual({
        payloads: 4,
        chains: 2,
      });
      for (const chain of ['wf-1', 'wf-2']) {
        const record = await loadRecord(knex, chain);
        expect(JSON.stringify(record)).not.toContain('private words');
        expect(verifyRecord(record).problems).toEqual([]);
        expect(record.entries.at(-1)?.kind).toBe('payload.erased');
      }
      // What says what was erased stays, so there is nothing left to do.
      expect(await erasure.eraseOlderThan(soon)).toEqual({
        payloads: 0,
        chains: 0,
      });
      expect(await erasure.eraseOlderThan(new Date(0))).toMatchObject({
        payloads: 0,
      });
    });

    it('keeps a record intact whose reason had a secret in it', async () => {
      await append('wf-1', {});
      await new PayloadErasure(knex).erase({
        chain: 'wf-1',
        entries: [1],
        actor: 'user:default/dpo',
        reason: 'it said password=hunter22hunter22 in there',
      });
      const record = await loadRecord(knex, 'wf-1');
      expect(JSON.stringify(record)).not.toContain('hunter22');
      expect(verifyRecord(record).problems).toEqual([]);
    });
  });

  describe('AuditorForwarder', () => {
    it('tells of each entry once, in order, also what was written before it began', async () => {
      const { auditor, audited } = quietServices();
      await append('wf-1', {}, { kind: 'effect.failed' });
      const forwarder = new AuditorForwarder({
        database,
        auditor,
        logger: quietLogger,
      });
      expect(await forwarder.forward()).toBe(2);
      await append('wf-1', { kind: 'effect.begun' });
      expect(await forwarder.forward()).toBe(1);
      expect(await forwarder.forward()).toBe(0);
      expect(
        audited.map(event => [event.eventId, event.severityLevel]),
      ).toEqual([
        ['task-settled', 'low'],
        ['effect-failed', 'high'],
        ['effect-begun', 'high'],
      ]);
    });

    it('tells again what the auditor did not take', async () => {
      const told: unknown[] = [];
      let away = true;
      await append('wf-1', {}, {});
      const forwarder = new AuditorForwarder({
        database,
        auditor: {
          createEvent: async ({ meta }) => {
            if (away && meta?.seq === 2) throw new Error('away');
            told.push(meta?.seq);
            return {
              success: async () => undefined,
              fail: async () => undefined,
            };
          },
        },
        logger: quietLogger,
      });
      await expect(forwarder.forward()).rejects.toThrow('away');
      away = false;
      await forwarder.forward();
      expect(told).toEqual([1, 1, 2]);
    });
  });
});
