import { parseRecord, verifyRecord } from '@agentic-backstage/change-record';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BEN,
  startAuditedPortal,
  type AuditedPortal,
} from '../changeRecord/__testUtils__/auditedPortal';

jest.setTimeout(180_000);

const VERIFY = path.join(
  __dirname,
  '../../../../packages/change-record/bin/agentic-verify',
);

describe('/audit', () => {
  let portal: AuditedPortal;
  let workflowId: string;

  beforeAll(async () => {
    portal = await startAuditedPortal();
    workflowId = await portal.create('audited-service');
    await portal.inPhase(workflowId, 'awaiting_approval');
    await portal.approve(workflowId);
    await portal.inPhase(workflowId, 'completed');
  });
  afterAll(() => portal.stop());
  beforeEach(() => portal.deny());

  const get = (url: string, who?: string) => portal.call('get', url, { who });
  const kindsOf = async (query: string): Promise<string[]> => {
    const { body } = await get(`/audit?limit=200&${query}`);
    return body.items.map((item: { kind: string }) => item.kind).reverse();
  };

  it('tells a change from the request to the last look at the world', async () => {
    const kinds = await kindsOf(`workflow=${workflowId}`);
    const order = [
      'request.received',
      'plan.sealed',
      'artifact.stored',
      'dry_run.recorded',
      'verdict.recorded',
      'approval.requested',
      'approval.signed',
      'approval.granted',
      'effect.begun',
      'effect.executed',
      'read_back.recorded',
      'effect.confirmed',
      'task.settled',
      'workflow.ended',
    ];
    const places = order.map(kind => kinds.indexOf(kind));
    expect(places).not.toContain(-1);
    expect(places.slice(0, 12)).toEqual(
      [...places.slice(0, 12)].sort((a, b) => a - b),
    );
    expect(kinds.at(-1)).toBe('workflow.ended');
  });

  it('gives the record that agentic-verify finds intact, and broken after one byte', async () => {
    const { text, body } = await get(`/workflows/${workflowId}/record`);
    expect(verifyRecord(parseRecord(text)).problems).toEqual([]);
    const folder = mkdtempSync(path.join(tmpdir(), 'agentic-record-'));
    const file = path.join(folder, 'record.json');
    writeFileSync(file, text);
    const head = `${body.head.seq}:${body.head.hash}`;
    const out = execFileSync(process.execPath, [VERIFY, file, '--head', head], {
      encoding: 'utf8',
    });
    expect(out).toContain(`INTACT: '${workflowId}'`);
    writeFileSync(file, text.replace('user:default/ben', 'user:default/bem'));
    expect(() =>
      execFileSync(process.execPath, [VERIFY, file], { stdio: 'pipe' }),
    ).toThrow(expect.objectContaining({ status: 1 }));
  });

  it('has a decision on record that somebody was not let make', async () => {
    const other = await portal.create('refused-service');
    await portal.inPhase(other, 'awaiting_approval');
    const { body } = await get(`/approvals?workflowId=${other}`);
    const [{ approvalId, scopeHash }] = body.items;
    const own = await portal.call('post', `/approvals/${approvalId}/decision`, {
      body: { decision: 'approve', reason: 'my own', scopeHash },
    });
    expect(own.status).toBe(403);
    const { body: found } = await get(
      `/audit?workflow=${other}&kind=request.refused`,
    );
    expect(found.items).toMatchObject([
      { actor: 'user:default/ada', subject: 'operation:decideApproval' },
    ]);
  });

  it('verifies a record itself', async () => {
    const { body } = await get(`/workflows/${workflowId}/record/verification`);
    expect(body).toMatchObject({
      status: 'intact',
      chain: workflowId,
      problems: [],
    });
    const { body: health } = await get('/health');
    expect(health.checks).toContainEqual(
      expect.objectContaining({ id: 'change_record', status: 'ok' }),
    );
  });

  it.each([
    ['kind=approval', /^approval\./],
    ['kind=effect.begun', /^effect\.begun$/],
    ['actor=user:default/ben', /^approval\.signed$/],
    ['service=audited-service&kind=plan', /^plan\.sealed$/],
    ['environment=staging&kind=request', /^request\./],
    ['text=LOOKED%20AT', /^approval\.signed$/],
    [
      'from=2020-01-01T00:00:00%2B01:00&kind=workflow.ended',
      /^workflow\.ended$/,
    ],
  ])('narrows by %s', async (query, form) => {
    const kinds = await kindsOf(query);
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds.filter(kind => !form.test(kind))).toEqual([]);
  });

  it.each([
    'service=nobody',
    'environment=production',
    'to=2020-01-01T00:00:00Z',
    'text=100%25',
    'text=_______________________________________________',
    'kind=appro',
  ])('finds nothing for %s', async query => {
    expect(await kindsOf(query)).toEqual([]);
  });

  it('pages from new to old without leaving out or repeating', async () => {
    const all = await kindsOf(`workflow=${workflowId}`);
    const paged: number[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await get(
        `/audit?workflow=${workflowId}&limit=7${cursor}`,
      );
      paged.push(...body.items.map((item: { seq: number }) => item.seq));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(paged).toEqual(
      Array.from({ length: all.length }, (_, index) => all.length - index),
    );
  });

  it('shows one entry with its payload, without secrets', async () => {
    const { body } = await get(`/audit/chains/${workflowId}/entries/1`);
    expect(body).toMatchObject({
      seq: 1,
      kind: 'request.received',
      serviceName: 'audited-service',
      payload: { value: { requestedBy: 'user:default/ada' } },
    });
    expect((await get(`/audit/chains/${workflowId}/entries/9999`)).status).toBe(
      404,
    );
    expect((await get('/audit/chains/wf-nothing/entries/1')).status).toBe(404);
  });

  it('exports what was asked for, and puts that on record', async () => {
    const ndjson = await get(`/audit/export?workflow=${workflowId}`).buffer();
    expect(ndjson.headers['content-type']).toContain('application/x-ndjson');
    const lines = ndjson.text ?? ndjson.body.toString();
    const entries = lines
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line));
    expect(entries).toHaveLength(
      (await kindsOf(`workflow=${workflowId}`)).length,
    );
    expect(entries.at(-1).payload.value).toBeDefined();
    const csv = await get(`/audit/export?format=csv&kind=plan`);
    expect(csv.headers['content-disposition']).toContain('audit.csv');
    expect(csv.text).toContain('"plan.sealed"');
    expect(await kindsOf('kind=audit.exported')).toHaveLength(2);
  });

  it('refuses who may not read it', async () => {
    portal.deny('agentic.audit.read');
    for (const url of [
      '/audit',
      '/audit/export',
      `/audit/chains/${workflowId}`,
      `/workflows/${workflowId}/record`,
      '/audit/chains/system/verification',
    ]) {
      expect([403, 404]).toContain((await get(url)).status);
    }
  });

  it('refuses filters it does not know, and a cursor that is none', async () => {
    expect((await get('/audit?who=me')).status).toBe(400);
    expect((await get('/audit?cursor=abc')).status).toBe(400);
    expect((await get('/audit?from=yesterday')).status).toBe(400);
  });

  it('erases a payload for good without breaking the record', async () => {
    const erase = (entries: number[]) =>
      portal.call('post', '/audit/erasures', {
        body: { chain: workflowId, entries, reason: 'asked for by Ada' },
        who: BEN,
      });
    const before = (await get(`/workflows/${workflowId}/record`)).body;
    const signed = before.entries.find(
      (entry: { kind: string }) => entry.kind === 'approval.signed',
    );
    expect(JSON.stringify(before)).toContain('looked at it');
    const { status, body } = await erase([1, signed.seq]);
    expect(status).toBe(200);
    const { text, body: after } = await get(`/workflows/${workflowId}/record`);
    expect(text).not.toContain('looked at it');
    expect(after.payloads[signed.seq]).toEqual({
      erased: {
        at: expect.any(String),
        reason: 'asked for by Ada',
        entry: body.entry,
      },
    });
    const verified = verifyRecord(parseRecord(text), { head: before.head });
    expect(verified).toMatchObject({ status: 'intact', erasedPayloads: 2 });
    expect((await erase([1])).status).toBe(409);
    expect((await erase([body.entry])).status).toBe(409);
    expect((await erase([9999])).status).toBe(404);
    portal.deny('agentic.audit.erase');
    expect((await erase([2])).status).toBe(403);
  });

  it('tells the auditor of every entry, in order, with how it went', async () => {
    for (let tries = 0; tries < 100; tries++) {
      const behind = await portal
        .knex('record_heads')
        .whereRaw('told_seq < seq')
        .select('chain');
      if (behind.length === 0) break;
      await sleep(100);
    }
    const told = portal.audited.filter(
      event => event.meta?.chain === workflowId,
    );
    const entries = await portal
      .knex('record_entries')
      .where('chain', workflowId)
      .orderBy('seq');
    expect(told.map(event => event.meta?.hash)).toEqual(
      entries.map(entry => entry.hash),
    );
    expect(told.every(event => event.ended === 'succeeded')).toBe(true);
    expect(told.find(event => event.eventId === 'effect-begun')).toMatchObject({
      severityLevel: 'high',
    });
    expect(portal.audited).toContainEqual(
      expect.objectContaining({
        eventId: 'request-create-workflow',
        ended: 'succeeded',
        request: expect.anything(),
      }),
    );
    expect(portal.audited).toContainEqual(
      expect.objectContaining({
        eventId: 'request-erase-payloads',
        ended: 'failed',
      }),
    );
  });

  it('finds a change made behind its back, says so on /health and on record', async () => {
    const other = await portal.create('tampered-service');
    await portal.inPhase(other, 'awaiting_approval');
    // Who owns the database can drop the triggers; the chain still tells.
    await portal.knex.raw('drop trigger record_entries_update');
    await portal
      .knex('record_entries')
      .where({ chain: other, seq: 2 })
      .update({ actor: 'user:default/eve' });
    const { body } = await get(`/workflows/${other}/record/verification`);
    expect(body.status).toBe('broken');
    expect(body.problems[0]).toMatchObject({ code: 'changed_entry', seq: 2 });
    await sleep(1100);
    const health = await get('/health');
    expect(health.status).toBe(503);
    expect(health.body.checks).toContainEqual(
      expect.objectContaining({ id: 'change_record', status: 'failed' }),
    );
    expect(await kindsOf('kind=record.broken')).toEqual(['record.broken']);
  });
});
