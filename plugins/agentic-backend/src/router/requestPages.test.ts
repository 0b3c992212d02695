import { SYSTEM_CHAIN } from '@agentic-backstage/plugin-agentic-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  ADA,
  BEN,
  startAuditedPortal,
  type AuditedPortal,
} from '../changeRecord/__testUtils__/auditedPortal';

jest.setTimeout(60_000);

const CY = mockCredentials.user.header('user:default/cy');
const MACHINE = mockCredentials.service.header();

interface Wish {
  serviceName: string;
  environment?: string;
}

/** What the pages for requests, plans and approvals ask of the backend. */
describe('the API behind the pages', () => {
  let portal: AuditedPortal;
  beforeAll(async () => {
    portal = await startAuditedPortal({
      environments: {
        production: { requesters: ['everyone'], requireChangeReason: false },
      },
    });
  });
  afterAll(() => portal.stop());
  afterEach(() => portal.deny());

  const wish = ({ serviceName, environment = 'staging' }: Wish) => ({
    template: 'sample',
    parameters: { serviceName, environment },
  });
  const shown = async (asked: Wish) => {
    const { body } = await portal.call('post', '/workflows', {
      body: { ...wish(asked), dryRun: true },
    });
    return body.plan;
  };
  const start = (asked: Wish, expectedPlanHash: string) =>
    portal.call('post', '/workflows', {
      body: { ...wish(asked), expectedPlanHash },
    });

  describe('starting the plan that was shown', () => {
    it('starts it, and puts on record which plan that was', async () => {
      const plan = await shown({ serviceName: 'as-shown' });
      const { status, body } = await start(
        { serviceName: 'as-shown' },
        plan.planHash,
      );
      expect(status).toBe(201);
      const { body: workflow } = await portal.call(
        'get',
        `/workflows/${body.workflowId}`,
      );
      expect(workflow.plan.planHash).toBe(plan.planHash);
      const received = await portal
        .knex('record_entries')
        .join('record_payloads', on =>
          on
            .on('record_payloads.chain', 'record_entries.chain')
            .andOn('record_payloads.seq', 'record_entries.seq'),
        )
        .where({
          'record_entries.chain': body.workflowId,
          kind: 'request.received',
        })
        .first('body');
      expect(JSON.parse(received.body)).toMatchObject({
        shownPlanHash: plan.planHash,
      });
    });

    it('refuses another plan with what is different, starts nothing, and puts that on record', async () => {
      const plan = await shown({
        serviceName: 'not-as-shown',
        environment: 'development',
      });
      const { status, body } = await start(
        { serviceName: 'not-as-shown', environment: 'staging' },
        plan.planHash,
      );
      expect({ status, name: body.error.name }).toEqual({
        status: 409,
        name: 'ConflictError',
      });
      expect(body.error.message).toContain('environment');
      expect(body.error.changes).toEqual([
        { field: 'environment', before: 'development', after: 'staging' },
      ]);
      expect(body.error.plan.intent.environment).toBe('staging');
      const { body: list } = await portal.call(
        'get',
        '/workflows?service=not-as-shown',
      );
      expect(list.totalItems).toBe(0);
      const refused = await portal
        .knex('record_entries')
        .where({ chain: SYSTEM_CHAIN, kind: 'request.refused' })
        .orderBy('id', 'desc')
        .first();
      expect(refused).toMatchObject({
        actor: 'user:default/ada',
        subject: 'operation:createWorkflow',
      });
      // The plan that came along is one that can be started as it is.
      const again = await start(
        { serviceName: 'not-as-shown' },
        body.error.plan.planHash,
      );
      expect(again.status).toBe(201);
    });

    it('cannot say what was different of a plan that nobody was shown', async () => {
      const { status, body } = await start(
        { serviceName: 'never-shown' },
        'ab'.repeat(32),
      );
      expect(status).toBe(409);
      expect(body.error.changes).toBeUndefined();
      expect(body.error.plan.intent.serviceName).toBe('never-shown');
    });

    it('says nothing of a preview that somebody else was shown', async () => {
      const plan = await shown({
        serviceName: 'of-ada',
        environment: 'development',
      });
      const { body } = await portal.call('post', '/workflows', {
        who: BEN,
        body: {
          ...wish({ serviceName: 'of-ben' }),
          expectedPlanHash: plan.planHash,
        },
      });
      expect(body.error.changes).toBeUndefined();
      expect(JSON.stringify(body)).not.toContain('of-ada');
    });

    it('answers a repetition with its key as before, whatever has become of the plan', async () => {
      const plan = await shown({ serviceName: 'twice' });
      const body = {
        ...wish({ serviceName: 'twice' }),
        expectedPlanHash: plan.planHash,
        idempotencyKey: 'twice-1',
      };
      const first = await portal.call('post', '/workflows', { body });
      const second = await portal.call('post', '/workflows', { body });
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(second.body.workflowId).toBe(first.body.workflowId);
    });

    it('refuses what is no hash', async () => {
      const { status } = await start({ serviceName: 'bad-hash' }, 'abc');
      expect(status).toBe(400);
    });
  });

  describe('versions of a plan', () => {
    let id: string;
    beforeAll(async () => {
      id = await portal.create('versioned');
      await portal.inPhase(id, 'awaiting_approval');
      for (const [environment, reason] of [
        ['development', 'first there'],
        ['staging', 'now here'],
      ]) {
        const { body } = await portal.call('get', `/workflows/${id}`);
        const { status } = await portal.call(
          'post',
          `/workflows/${id}/revise`,
          {
            body: {
              planHash: body.plan.planHash,
              parameters: { serviceName: 'versioned', environment },
              reason,
            },
          },
        );
        if (status !== 202) throw new Error(`Not revised: ${status}`);
        await portal.inPhase(id, 'awaiting_approval');
      }
    });
    const difference = (query: string) =>
      portal.call('get', `/workflows/${id}/plans/difference?${query}`);

    it('says who changed it, why, and what that made void', async () => {
      const { body } = await portal.call('get', `/workflows/${id}/plans`);
      expect(body.items).toEqual([
        expect.objectContaining({
          version: 1,
          changedBy: 'user:default/ada',
          voided: [],
        }),
        expect.objectContaining({
          version: 2,
          reason: 'first there',
          voided: [expect.objectContaining({ taskId: 't3', title: 'Task t3' })],
        }),
        expect.objectContaining({
          version: 3,
          reason: 'now here',
          voided: [expect.objectContaining({ taskId: 't3' })],
        }),
      ]);
      expect(body.items[0]).not.toHaveProperty('plan');
      // The same content has the same hash, and yet each approval belongs to one step.
      expect(body.items[2].planHash).toBe(body.items[0].planHash);
      expect(body.items[1].voided[0].approvalId).not.toBe(
        body.items[2].voided[0].approvalId,
      );
    });

    it('compares any two, with the steps between', async () => {
      const { body } = await difference('from=1&to=2');
      expect(body.difference.intent).toEqual([
        { field: 'environment', before: 'staging', after: 'development' },
      ]);
      expect(body.steps).toHaveLength(1);
      const { body: back } = await difference('from=2&to=1');
      expect(back.difference.intent[0]).toMatchObject({ after: 'staging' });
      expect(back.steps).toEqual([]);
      const { body: round } = await difference('from=1&to=3');
      expect(round.difference.intent).toEqual([]);
      expect(round.steps).toHaveLength(2);
    });

    it.each([
      ['from=1&to=9', 404],
      ['from=1', 400],
      ['from=1&to=x', 400],
      ['from=1&to=2&also=3', 400],
    ])('answers %s with %d', async (query, expected) => {
      expect((await difference(query)).status).toBe(expected);
    });

    it('keeps approvals from who may not read them, and all of it from who may not read the workflow', async () => {
      portal.deny('agentic.approval.read');
      const { body } = await portal.call('get', `/workflows/${id}/plans`);
      expect(body.items.map((item: { voided: [] }) => item.voided)).toEqual([
        [],
        [],
        [],
      ]);
      portal.deny('agentic.workflow.read');
      for (const path of ['plans', 'plans/difference?from=1&to=2']) {
        const { status } = await portal.call('get', `/workflows/${id}/${path}`);
        expect(status).toBe(404);
      }
    });
  });

  describe('the inbox', () => {
    const inbox = async (query = '', who = BEN) => {
      const { body, status } = await portal.call(
        'get',
        `/approvals/inbox${query}`,
        { who },
      );
      return { ...body, status };
    };
    const turnOf = (
      answer: { items: { approval: { workflowId: string }; turn: string }[] },
      workflowId: string,
    ) =>
      answer.items.find(item => item.approval.workflowId === workflowId)?.turn;
    const idOf = (item: { approval: { workflowId: string } }) =>
      item.approval.workflowId;
    const ids: Record<string, string> = {};

    beforeAll(async () => {
      for (const environment of ['staging', 'production']) {
        const { body } = await portal.call('post', '/workflows', {
          body: wish({ serviceName: `inbox-${environment}`, environment }),
        });
        ids[environment] = body.workflowId;
        await portal.inPhase(body.workflowId, 'awaiting_approval');
      }
    });

    it('is the same for everybody, but not in the same order', async () => {
      const [ofBen, ofCy, ofAda] = await Promise.all(
        [BEN, CY, ADA].map(who => inbox('', who)),
      );
      expect(turnOf(ofBen, ids.staging)).toBe('mine');
      expect(turnOf(ofBen, ids.production)).toBe('later');
      expect(turnOf(ofCy, ids.staging)).toBe('others');
      expect(turnOf(ofCy, ids.production)).toBe('mine');
      expect(turnOf(ofAda, ids.staging)).toBe('requested');
      expect(ofCy.items[0]).toMatchObject({
        turn: 'mine',
        role: 'strategic',
        heldBy: 'user:default/cy',
        agent: 'maker',
      });
      expect(ofCy.mine).toBe(1);
      expect(ofAda.mine).toBe(0);
      expect(ofAda.items[0].because).toContain('You asked for this');
      expect(
        new Set([ofBen, ofCy, ofAda].map(each => each.totalItems)).size,
      ).toBe(1);
    });

    it('counts what each filter would leave, and narrows', async () => {
      const all = await inbox();
      const production = await inbox('?environment=production');
      expect(production.items.map(idOf)).toEqual([ids.production]);
      // Its own filter does not narrow a count: the others can still be chosen.
      expect(production.counts.environment).toEqual(all.counts.environment);
      expect(production.counts.agent).toEqual([{ value: 'maker', count: 1 }]);
      expect(all.counts.requestedBy).toEqual([
        { value: 'user:default/ada', count: all.totalItems },
      ]);
      const voided = await inbox('?status=void');
      expect(voided.items.length).toBeGreaterThan(0);
      expect(voided.items[0].turn).toBe('closed');
      const none = await inbox('?agent=nobody');
      expect(none).toMatchObject({ items: [], totalItems: 0 });
      const short = await inbox('?limit=1');
      expect(short.items).toHaveLength(1);
      expect(short.totalItems).toBe(all.totalItems);
      expect(short.items[0].turn).toBe('mine');
    });

    it('puts nothing under mine that the permission does not let through', async () => {
      portal.deny('agentic.approval.decide');
      const answer = await inbox();
      expect(answer.mine).toBe(0);
      expect(
        answer.items.find(
          (item: { approval: { workflowId: string } }) =>
            idOf(item) === ids.staging,
        ),
      ).toMatchObject({
        turn: 'others',
        because: expect.stringContaining('permission'),
      });
      portal.deny('agentic.approval.read');
      expect((await inbox()).status).toBe(403);
    });

    it('does not let what was signed ask again', async () => {
      const { body } = await portal.call(
        'get',
        `/approvals?status=open&workflowId=${ids.production}`,
        { who: CY },
      );
      const [{ approvalId, scopeHash }] = body.items;
      await portal.call('post', `/approvals/${approvalId}/decision`, {
        who: CY,
        body: { decision: 'approve', reason: '', scopeHash },
      });
      expect(turnOf(await inbox('', CY), ids.production)).toBe('signed');
      expect(turnOf(await inbox('', BEN), ids.production)).toBe('mine');
    });

    it.each(['?status=maybe', '?limit=0', '?colour=red'])(
      'refuses %s',
      async query => {
        expect((await inbox(query)).status).toBe(400);
      },
    );

    it('decides nothing for a machine', async () => {
      const { status } = await inbox('', MACHINE);
      expect(status).toBeGreaterThanOrEqual(400);
    });
  });

  describe('starting again from a task', () => {
    const retry = (id: string, body: object, who?: string) =>
      portal.call('post', `/workflows/${id}/retry`, { body, who });

    it('takes a cancelled workflow up again from the task that is named, and only then', async () => {
      const id = await portal.create('cancelled-once');
      await portal.inPhase(id, 'awaiting_approval');
      await portal.call('post', `/workflows/${id}/cancel`, { body: {} });
      await portal.inPhase(id, 'cancelled');
      const { body: before } = await portal.call('get', `/workflows/${id}`);
      expect(before.controls).toMatchObject({ retry: false, retryFrom: true });
      expect((await retry(id, {})).status).toBe(409);
      expect((await retry(id, { fromTask: 't9' })).status).toBe(404);
      const { status } = await retry(id, {
        fromTask: 't2',
        reason: 'wanted after all',
      });
      expect(status).toBe(202);
      await portal.inPhase(id, 'awaiting_approval');
      const entry = await portal
        .knex('record_entries')
        .join('record_payloads', on =>
          on
            .on('record_payloads.chain', 'record_entries.chain')
            .andOn('record_payloads.seq', 'record_entries.seq'),
        )
        .where({ 'record_entries.chain': id, kind: 'workflow.retried' })
        .first('body', 'actor');
      expect(entry.actor).toBe('user:default/ada');
      expect(JSON.parse(entry.body)).toMatchObject({
        fromTask: 't2',
        before: 'cancelled',
        tasks: ['t2', 't3', 't4'],
        reason: 'wanted after all',
      });
      const { body: running } = await portal.call('get', `/workflows/${id}`);
      const attempts = Object.fromEntries(
        running.tasks.map((task: { taskId: string; attempt: number }) => [
          task.taskId,
          task.attempt,
        ]),
      );
      expect(attempts).toMatchObject({ t1: 1, t2: 2 });
      // A running workflow is not started a second time.
      expect((await retry(id, { fromTask: 't2' })).status).toBe(409);
    });
  });
});
