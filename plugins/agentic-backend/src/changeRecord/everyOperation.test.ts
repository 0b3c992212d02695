import {
  agenticPermissions,
  SYSTEM_CHAIN,
  type ChangeKind,
} from '@agentic-backstage/plugin-agentic-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Response } from 'supertest';
import { OPERATIONS } from '../router/openApi/operations';
import { operationOf } from '../router/operationOf';
import {
  BEN,
  startAuditedPortal,
  type AuditedPortal,
} from './__testUtils__/auditedPortal';

jest.setTimeout(180_000);

/** In an order in which the cases do not get in each other's way: a demoted agent makes nothing. */
const CHANGING = OPERATIONS.filter(({ method }) => method !== 'get').sort(
  (a, b) =>
    Number(a.id === 'changeAgentLane') - Number(b.id === 'changeAgentLane'),
);

/** One call of an operation that succeeds, and what it has to leave on record. */
interface Case {
  readonly kind: ChangeKind;
  call(portal: AuditedPortal): Promise<Response>;
}

async function waiting(portal: AuditedPortal, name: string): Promise<string> {
  const workflowId = await portal.create(name);
  await portal.inPhase(workflowId, 'awaiting_approval');
  return workflowId;
}

async function finished(portal: AuditedPortal, name: string): Promise<string> {
  const workflowId = await waiting(portal, name);
  await portal.approve(workflowId);
  await portal.inPhase(workflowId, 'completed');
  return workflowId;
}

async function openApproval(
  portal: AuditedPortal,
  workflowId: string,
): Promise<{ approvalId: string; scopeHash: string }> {
  const { body } = await portal.call(
    'get',
    `/approvals?status=open&workflowId=${workflowId}`,
  );
  return body.items[0];
}

/** A version that a tool started; undoing its effect may be made to fail. */
async function deployed(portal: AuditedPortal, name: string): Promise<string> {
  const workflowId = await finished(portal, name);
  await portal.records.deployments.put({
    deploymentId: `dep-${name}`,
    workflowId,
    serviceName: name,
    environment: 'staging',
    version: '1',
    target: 'sample',
    isolation: 'not isolated',
    status: 'running',
    startedAt: new Date().toISOString(),
    effectId: `${workflowId}.t3.process`,
    handle: {},
  });
  return workflowId;
}

const post = (
  portal: AuditedPortal,
  url: string,
  body: object,
  who?: string,
): Promise<Response> => portal.call('post', url, { body, who });

/** An incident that somebody opened by hand. */
async function incident(portal: AuditedPortal): Promise<string> {
  const { body } = await post(portal, '/incidents', {
    title: 'The build server is slow',
    severity: 'low',
    description: 'Builds take an hour',
  });
  return body.incidentId;
}

const CASES: Readonly<Record<string, Case>> = {
  createWorkflow: {
    kind: 'request.received',
    call: portal =>
      post(portal, '/workflows', {
        template: 'sample',
        parameters: { serviceName: 'op-create', environment: 'staging' },
      }),
  },
  pauseWorkflow: {
    kind: 'workflow.paused',
    call: async portal =>
      post(portal, `/workflows/${await waiting(portal, 'op-pause')}/pause`, {}),
  },
  resumeWorkflow: {
    kind: 'workflow.resumed',
    async call(portal) {
      const id = await waiting(portal, 'op-resume');
      await post(portal, `/workflows/${id}/pause`, {});
      return post(portal, `/workflows/${id}/resume`, {});
    },
  },
  cancelWorkflow: {
    kind: 'workflow.cancelled',
    call: async portal =>
      post(portal, `/workflows/${await waiting(portal, 'op-cancel')}/cancel`, {
        reason: 'enough',
      }),
  },
  retryWorkflow: {
    kind: 'workflow.retried',
    async call(portal) {
      const id = await portal.create('failing-service');
      await portal.inPhase(id, 'failed');
      return post(portal, `/workflows/${id}/retry`, {});
    },
  },
  reviseWorkflow: {
    kind: 'plan.revised',
    async call(portal) {
      const id = await waiting(portal, 'op-revise');
      const { body } = await portal.call('get', `/workflows/${id}`);
      return post(portal, `/workflows/${id}/revise`, {
        planHash: body.plan.planHash,
        parameters: { serviceName: 'op-revise', environment: 'development' },
        reason: 'elsewhere first',
      });
    },
  },
  seeApproval: {
    kind: 'approval.seen',
    async call(portal) {
      const id = await waiting(portal, 'op-see');
      const { approvalId } = await openApproval(portal, id);
      return post(portal, `/approvals/${approvalId}/seen`, {}, BEN);
    },
  },
  decideApproval: {
    kind: 'approval.signed',
    async call(portal) {
      const id = await waiting(portal, 'op-decide');
      const { approvalId, scopeHash } = await openApproval(portal, id);
      return post(
        portal,
        `/approvals/${approvalId}/decision`,
        { decision: 'reject', reason: 'not now', scopeHash },
        BEN,
      );
    },
  },
  generate: {
    kind: 'files.generated',
    call: portal =>
      post(portal, '/generate', {
        template: 'sample',
        parameters: { serviceName: 'op-generate', environment: 'staging' },
      }),
  },
  stopDeployment: {
    kind: 'deployment.stopped',
    async call(portal) {
      await deployed(portal, 'op-stop');
      return post(portal, '/deployments/dep-op-stop/stop', {});
    },
  },
  undoEffectAgain: {
    kind: 'effect.undo_retried',
    async call(portal) {
      portal.stuck.add('process');
      const id = await deployed(portal, 'op-undo');
      await post(portal, '/deployments/dep-op-undo/stop', {});
      portal.stuck.clear();
      return post(portal, `/workflows/${id}/effects/${id}.t3.process/undo`, {
        reason: 'it lets go now',
      });
    },
  },
  engageKillSwitch: {
    kind: 'agents.stopped',
    call: portal =>
      post(portal, '/kill-switch', { agent: 'thinker', reason: 'odd output' }),
  },
  releaseKillSwitch: {
    kind: 'agents.started',
    call: portal =>
      post(
        portal,
        '/kill-switch/release',
        { agent: 'thinker', reason: 'it was a full moon' },
        BEN,
      ),
  },
  changeAgentLane: {
    kind: 'lane.demoted',
    async call(portal) {
      const { body } = await portal.call('get', '/agents/maker/lanes');
      return post(portal, '/agents/maker/lane', {
        lane: 'dry_run',
        reason: 'looked odd',
        after: body.changes[0]?.seq ?? 0,
      });
    },
  },
  openIncident: {
    kind: 'incident.opened',
    call: portal =>
      post(portal, '/incidents', {
        title: 'Builds fail',
        severity: 'high',
        description: 'All of them since nine',
      }),
  },
  acknowledgeIncident: {
    kind: 'incident.acknowledged',
    call: async portal =>
      post(portal, `/incidents/${await incident(portal)}/acknowledge`, {}),
  },
  assignIncident: {
    kind: 'incident.assigned',
    call: async portal =>
      post(portal, `/incidents/${await incident(portal)}/assign`, {
        commander: 'user:default/ben',
      }),
  },
  commentIncident: {
    kind: 'incident.commented',
    call: async portal =>
      post(portal, `/incidents/${await incident(portal)}/comment`, {
        text: 'It began after the update',
      }),
  },
  mitigateIncident: {
    kind: 'incident.mitigated',
    call: async portal =>
      post(portal, `/incidents/${await incident(portal)}/mitigate`, {
        text: 'Took it out of the pool',
      }),
  },
  resolveIncident: {
    kind: 'incident.resolved',
    call: async portal =>
      post(portal, `/incidents/${await incident(portal)}/resolve`, {
        text: 'Its disk was full',
      }),
  },
  erasePayloads: {
    kind: 'payload.erased',
    call: portal =>
      post(portal, '/audit/erasures', {
        chain: 'system',
        entries: [1],
        reason: 'asked for',
      }),
  },
  reportSweep: {
    kind: 'sweep.reported',
    call: portal => post(portal, '/sweeper/dry-run', {}),
  },
  runSweep: {
    kind: 'sweep.started',
    async call(portal) {
      const longAgo = '2020-01-01T00:00:00.000Z';
      await portal.knex('outbox').insert({
        event_id: 'delivered-long-ago',
        kind: 'event',
        payload: '{}',
        status: 'delivered',
        attempts: 1,
        due_at: longAgo,
        created_at: longAgo,
        delivered_at: longAgo,
      });
      const { body } = await post(portal, '/sweeper/dry-run', {});
      return post(portal, '/sweeper/run', { reportDigest: body.reportDigest });
    },
  },
};

describe('every operation that changes something', () => {
  let portal: AuditedPortal;
  beforeAll(async () => {
    portal = await startAuditedPortal();
  });
  afterAll(() => portal.stop());
  beforeEach(() => portal.deny());

  const entriesAfter = async (id: number) =>
    portal.knex('record_entries').where('id', '>', id).orderBy('id');
  const lastId = async (): Promise<number> => {
    const row = await portal.knex('record_entries').max({ id: 'id' }).first();
    return row?.id ?? 0;
  };

  it('is in the API description, where the routes are found', () => {
    const folder = path.join(__dirname, '../router');
    const routes = readdirSync(folder)
      .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap(name => [
        ...readFileSync(path.join(folder, name), 'utf8').matchAll(
          /router\s*\.(post|put|patch|delete)\(\s*['`]([^'`]+)['`]/g,
        ),
      ])
      .flatMap(([, method, route]) =>
        route.includes('${action}')
          ? ['pause', 'resume', 'cancel'].map(
              action => [method, route.replace('${action}', action)] as const,
            )
          : [[method, route] as const],
      );
    const unknown = routes.filter(
      ([method, route]) =>
        !operationOf(method.toUpperCase(), route.replace(/:\w+/g, 'x')),
    );
    expect(unknown).toEqual([]);
    expect(routes).toHaveLength(CHANGING.length);
  });

  it('has a case below: add one for a new operation', () => {
    expect(Object.keys(CASES).sort()).toEqual(
      CHANGING.map(({ id }) => id).sort(),
    );
  });

  it.each(CHANGING)(
    'puts on record that $id was refused',
    async ({ id, method, path: route }) => {
      portal.deny(...agenticPermissions.map(({ name }) => name));
      const before = await lastId();
      const url = route.replace(/\{\w+\}/g, 'nothing-of-this-name');
      const { status } = await portal.call(method, url, { body: {} });
      expect([400, 403, 404, 409, 422]).toContain(status);
      expect(await entriesAfter(before)).toContainEqual(
        expect.objectContaining({
          kind: 'request.refused',
          actor: 'user:default/ada',
          subject: `operation:${id}`,
        }),
      );
    },
  );

  it.each(CHANGING.filter(({ open }) => !open))(
    'puts on record that $id was refused to somebody whose token is none',
    async ({ id, method, path: route }) => {
      const before = await lastId();
      const url = route.replace(/\{\w+\}/g, 'nothing-of-this-name');
      const { status } = await portal.call(method, url, {
        body: {},
        who: 'Bearer made.up.token',
      });
      expect(status).toBe(401);
      expect(await entriesAfter(before)).toContainEqual(
        expect.objectContaining({
          kind: 'request.refused',
          actor: 'anonymous',
          chain: SYSTEM_CHAIN,
          subject: `operation:${id}`,
        }),
      );
    },
  );

  it.each(OPERATIONS.filter(({ open }) => !open))(
    'tells the auditor that $id was refused to somebody nobody knows',
    async ({ id, method, path: route }) => {
      const url = route.replace(/\{\w+\}/g, 'nothing-of-this-name');
      const eventId = `request-${id.replace(
        /[A-Z]/g,
        letter => `-${letter.toLowerCase()}`,
      )}`;
      for (const who of [
        'Bearer made.up.token',
        mockCredentials.none.header(),
      ]) {
        const before = portal.audited.length;
        await portal.call(method, url, { body: {}, who });
        expect(portal.audited.slice(before)).toContainEqual(
          expect.objectContaining({
            eventId,
            ended: 'failed',
            meta: expect.objectContaining({ actor: 'anonymous' }),
          }),
        );
      }
    },
  );

  it.each(CHANGING)('puts on record that $id was done', async ({ id }) => {
    const { kind, call } = CASES[id];
    const before = await lastId();
    const { status, body } = await call(portal);
    expect({ status, error: body.error }).toEqual({
      status: expect.any(Number),
      error: undefined,
    });
    expect(status).toBeLessThan(300);
    const kinds = (await entriesAfter(before)).map(entry => entry.kind);
    expect(kinds).toContain(kind);
  });

  it('leaves all chains intact', async () => {
    const chains = await portal.knex('record_heads').select('chain');
    for (const { chain } of chains) {
      const { body } = await portal.call(
        'get',
        `/audit/chains/${chain}/verification`,
      );
      expect(body.problems).toEqual([]);
    }
    expect(chains.length).toBeGreaterThan(10);
  });
});
