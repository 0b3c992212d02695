import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { agenticPlugin } from './plugin';
import { openApiDocument } from './router/openApi/openApiDocument';
import { testDatabases } from './__testUtils__/databases';
import { sampleModule } from './__testUtils__/sampleModule';
import { SampleWorld } from './__testUtils__/sampleWorld';

jest.setTimeout(120_000);

const ADA = mockCredentials.user.header('user:default/ada');
const BEN = mockCredentials.user.header('user:default/ben');

const databases = testDatabases();

describe.each(databases.names)('the plugin over HTTP on %s', databaseName => {
  let backend: TestBackend;
  let world: SampleWorld;
  let denied: string[] = [];
  const sent: unknown[] = [];

  beforeAll(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'agentic-plugin-'));
    const knex = await databases.open(databaseName);
    world = new SampleWorld(path.join(folder, 'world'));
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: denied.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission }) => ({
          result: denied.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    backend = await startTestBackend({
      features: [
        agenticPlugin,
        sampleModule(world),
        mockServices.rootConfig.factory({
          data: {
            agentic: {
              dataDir: folder,
              agents: { maker: { lane: 'execute' } },
              approvals: {
                roles: {
                  final: ['user:default/ben'],
                  strategic: ['user:default/cy'],
                },
              },
            },
          },
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => ({ getClient: async () => knex }),
        }),
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => permissions,
        }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'User',
              metadata: { name: 'ada' },
              spec: { profile: { email: 'ada@example.com' } },
            },
          ],
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async notification => {
              sent.push(notification);
            },
          }),
        }),
      ],
    });
    for (;;) {
      const health = await request(backend.server).get('/api/agentic/health');
      if (health.status === 200) break;
      await sleep(100);
    }
  });
  afterAll(() => backend.stop());
  beforeEach(() => {
    denied = [];
  });

  const post = (url: string, body: object, who = ADA) =>
    request(backend.server)
      .post(`/api/agentic${url}`)
      .set('authorization', who)
      .send(body);
  const get = (url: string, who = ADA) =>
    request(backend.server).get(`/api/agentic${url}`).set('authorization', who);
  const body = (serviceName: string, more: object = {}) => ({
    template: 'sample',
    parameters: { serviceName, environment: 'staging' },
    ...more,
  });
  async function inPhase(id: string, phase: string): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      const { body: workflow } = await get(`/workflows/${id}`);
      if (workflow.phase === phase) return;
      await sleep(50);
    }
    throw new Error(`${id} never came to be ${phase}`);
  }

  it('carries a request from 201 to completed, with a second person’s approval', async () => {
    const created = await post(
      '/workflows',
      body('happy-service', { requestedBy: 'ada@example.com' }),
    );
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      workflowId: expect.stringMatching(/^wf-/),
      status: 'in_progress',
      tasks: [
        {
          taskId: 't1',
          agent: 'thinker',
          status: 'pending',
          estimatedDuration: '1m',
        },
        { taskId: 't2' },
        { taskId: 't3', agent: 'maker' },
        { taskId: 't4' },
      ],
    });
    const { workflowId } = created.body;
    await inPhase(workflowId, 'awaiting_approval');

    const { body: open } = await get(
      `/approvals?status=open&workflowId=${workflowId}`,
      BEN,
    );
    const [approval] = open.items;
    expect(approval).toMatchObject({
      requiredRoles: ['final'],
      plan: { title: 'Task t3' },
      dryRunResults: [
        { summary: 'would make repo' },
        { summary: 'would make process' },
      ],
      estimatedImpact: { destructive: false },
      rollbackStrategy: [
        'world.make: Remove repo',
        'world.make: Remove process',
      ],
    });
    const decision = {
      decision: 'approve',
      scopeHash: approval.scopeHash,
      reason: 'fine',
    };
    const own = await post(
      `/approvals/${approval.approvalId}/decision`,
      decision,
    );
    expect(own.status).toBe(403);
    expect(own.body.error.message).toContain('somebody else has to decide');
    const other = await post(
      `/approvals/${approval.approvalId}/decision`,
      decision,
      BEN,
    );
    expect(other.body.status).toBe('approved');
    await inPhase(workflowId, 'completed');

    const { body: workflow } = await get(`/workflows/${workflowId}`);
    expect(workflow).toMatchObject({
      status: 'completed',
      completedAt: expect.any(String),
      duration: expect.stringMatching(/^\d+(s|m)/),
      effects: [{ status: 'confirmed' }, { status: 'confirmed' }],
    });
    expect(world.has('repo') && world.has('process')).toBe(true);
    const { body: history } = await get(
      `/workflows/${workflowId}/events?after=3&limit=2`,
    );
    expect(history.items.map((event: { seq: number }) => event.seq)).toEqual([
      4, 5,
    ]);
    const [artifact] = workflow.artifacts;
    const file = await get(
      `/workflows/${workflowId}/files/${artifact.artifactId}?path=${artifact.files[0].path}`,
    );
    expect(file.body.content).toContain('# Task');
    expect(sent).toContainEqual(
      expect.objectContaining({
        recipients: { type: 'entity', entityRef: ['user:default/ada'] },
        payload: expect.objectContaining({ title: 'happy-service is done' }),
      }),
    );
  });

  it('gives its metrics to those who may read them', async () => {
    denied = ['agentic.metrics.read'];
    await get('/metrics').expect(403);
    denied = [];
    const { text, headers } = await get('/metrics').expect(200);
    expect(headers['content-type']).toMatch(
      /^text\/plain; charset=utf-8; version=0\.0\.4/,
    );
    expect(text).toContain('\nagentic_replicas 1\n');
    expect(text).toMatch(/^agentic_health_check\{check="engine"\} 1$/m);
    expect(text).toMatch(
      /^agentic_http_request_duration_seconds_count\{operation="getHealth",status="2xx"\} \d+$/m,
    );
    await get('/metrics', mockCredentials.none.header()).expect(401);
  });

  it('tells those who run it how it is, and others less', async () => {
    const { body: all } = await get('/health/details').expect(200);
    expect(all.operations).toMatchObject({
      replicas: 1,
      outbox: { dead: 0 },
      advice: expect.any(Array),
    });
    denied = ['agentic.operations.read'];
    const { body: less } = await get('/health/details').expect(200);
    expect(less.operations).toBeUndefined();
    expect(less.dependencies.length).toBeGreaterThan(0);
  });

  it('streams the history and goes on after the last event seen', async () => {
    const { body: created } = await post('/workflows', body('stream-service'));
    await inPhase(created.workflowId, 'awaiting_approval');
    const address = backend.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const abort = new AbortController();
    const response = await fetch(
      `http://127.0.0.1:${port}/api/agentic/workflows/${created.workflowId}/events`,
      {
        headers: {
          authorization: ADA,
          accept: 'text/event-stream',
          'last-event-id': '2',
        },
        signal: abort.signal,
      },
    );
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.getReader();
    let text = '';
    while (!text.includes('Waiting for approval')) {
      text += Buffer.from((await reader.read()).value ?? []).toString();
    }
    expect(text).toMatch(/^retry: 2000\n\nid: 3\n/);
    await post(`/workflows/${created.workflowId}/cancel`, { reason: 'enough' });
    while (!text.includes('was cancelled')) {
      text += Buffer.from((await reader.read()).value ?? []).toString();
    }
    // The workflow is over, and so is the stream.
    while (!(await reader.read()).done) {
      // What is left is not looked at.
    }
    abort.abort();
  });

  it('pages through the list, newest first, without repeating', async () => {
    for (const name of ['page-one', 'page-two', 'page-three']) {
      await post('/workflows', body(name));
    }
    const first = await get('/workflows?service=page-&limit=2');
    expect(first.body.totalItems).toBe(3);
    const second = await get(
      `/workflows?service=page-&limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(
      [...first.body.items, ...second.body.items].map(item => item.serviceName),
    ).toEqual(['page-three', 'page-two', 'page-one']);
    expect(second.body.nextCursor).toBeUndefined();
  });

  it.each([
    ['no body at all', {}, 400, 'description'],
    [
      'a name the planner refuses',
      body('refused'),
      400,
      'parameters.serviceName',
    ],
    [
      'a number for a name',
      body(7 as unknown as string),
      400,
      'parameters.serviceName',
    ],
    [
      'a field nobody knows',
      { ...body('x-service'), teamplate: 'y' },
      400,
      'teamplate',
    ],
    [
      'a name of 400 characters',
      body('a'.repeat(400)),
      400,
      'parameters.serviceName',
    ],
    [
      'somebody else as requester',
      body('other-service', { requestedBy: 'user:default/ben' }),
      403,
      '',
    ],
  ])(
    'refuses %s with the field and the remedy',
    async (_name, sentBody, status, field) => {
      const before = (await get('/workflows')).body.totalItems;
      const { body: answer, status: answered } = await post(
        '/workflows',
        sentBody,
      );
      expect(answered).toBe(status);
      expect(answer.error.message).toMatch(/\w+/);
      expect(answer.error.stack).toBeUndefined();
      const named = (answer.error.problems ?? []).filter(
        (problem: { field: string; remedy: string }) =>
          problem.field === field && /\w+/.test(problem.remedy),
      );
      expect(named).toHaveLength(field ? 1 : 0);
      expect((await get('/workflows')).body.totalItems).toBe(before);
    },
  );

  it('refuses a body of 10 MB, broken JSON and an unknown cursor', async () => {
    const large = await post(
      '/workflows',
      body('big-service', { description: 'x'.repeat(10_000_000) }),
    );
    expect(large.status).toBe(413);
    expect(large.body.error).toMatchObject({
      name: 'PayloadTooLargeError',
      problems: [{ field: 'body' }],
    });
    const broken = await request(backend.server)
      .post('/api/agentic/workflows')
      .set('authorization', ADA)
      .set('content-type', 'application/json')
      .send('{"template":');
    expect(broken.status).toBe(400);
    expect(broken.body.error.problems[0].field).toBe('body');
    expect((await get('/workflows?cursor=nonsense')).status).toBe(400);
    expect((await get('/workflows?limit=0')).status).toBe(400);
    const nul = await post(
      '/workflows',
      body('nul-service', { description: 'a\u0000b' }),
    );
    expect(nul.status).toBe(400);
    expect((await get('/workflows?service=%00')).status).toBe(400);
    expect((await get('/workflows/%00')).status).toBe(400);
    const empty = await post(
      '/workflows',
      body('key-service', { idempotencyKey: '' }),
    );
    expect(empty.body.error.problems[0].field).toBe('idempotencyKey');
    expect(
      (await get('/workflows/wf-1/events?after=9007199254740991')).status,
    ).toBe(404);
  });

  it('answers 409 for a name that is taken', async () => {
    await post('/workflows', body('twice-service'));
    const again = await post('/workflows', body('twice-service'));
    expect(again.status).toBe(409);
    expect(again.body.error.problems[0].field).toBe('parameters.serviceName');
  });

  it('answers the same workflow for the same key, also when both come at once', async () => {
    const same = body('keyed-service', { idempotencyKey: 'once' });
    const answers = await Promise.all([
      post('/workflows', same),
      post('/workflows', same),
    ]);
    const again = await post('/workflows', same);
    expect(again.status).toBe(200);
    const ids = [...answers, again];
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 201]);
    expect(new Set(ids.map(answer => answer.body.workflowId)).size).toBe(1);
    const other = await post(
      '/workflows',
      body('other-name', { idempotencyKey: 'once' }),
    );
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain('used for another request');
  });

  it.each([
    ['/workflows/wf-unknown', 404],
    ['/approvals/unknown', 404],
    ['/workflows/wf-unknown/events', 404],
    ['/workflows/wf-unknown/files/abc?path=x', 404],
    ['/agents/unknown/health', 404],
  ])('answers %s with %d', async (url, status) => {
    expect((await get(url)).status).toBe(status);
  });

  it('lets nobody in without credentials, with a broken token, or without permission', async () => {
    const anonymous = mockCredentials.none.header();
    expect((await get('/workflows', anonymous)).status).toBe(401);
    expect(
      (await get('/workflows', mockCredentials.user.invalidHeader())).status,
    ).toBe(401);
    expect(
      (
        await post(
          '/workflows',
          body('svc-service'),
          mockCredentials.service.header(),
        )
      ).status,
    ).toBe(403);
    expect((await get('/catalog-entities')).status).toBe(403);
    expect(
      (await get('/catalog-entities', mockCredentials.service.header())).status,
    ).toBe(403);
    const catalog = mockCredentials.service.header({
      onBehalfOf: mockCredentials.service('plugin:catalog'),
      targetPluginId: 'agentic',
    });
    expect((await get('/catalog-entities', catalog)).status).toBe(200);
    denied = ['agentic.workflow.create', 'agentic.workflow.read'];
    expect((await post('/workflows', body('denied-service'))).status).toBe(403);
    expect((await get('/workflows')).status).toBe(403);
    denied = [];
    const { body: created } = await post('/workflows', body('control-service'));
    denied = ['agentic.workflow.control', 'agentic.approval.decide'];
    expect(
      (await post(`/workflows/${created.workflowId}/cancel`, {})).status,
    ).toBe(403);
    await inPhase(created.workflowId, 'awaiting_approval');
    const { body: open } = await get(
      `/approvals?workflowId=${created.workflowId}`,
    );
    const refused = await post(
      `/approvals/${open.items[0].approvalId}/decision`,
      { decision: 'approve', scopeHash: open.items[0].scopeHash },
      BEN,
    );
    expect(refused.status).toBe(403);
  });

  it('refuses a decision about something else than what was shown, and a rejection without reason', async () => {
    const { body: created } = await post('/workflows', body('scope-service'));
    await inPhase(created.workflowId, 'awaiting_approval');
    const { body: open } = await get(
      `/approvals?workflowId=${created.workflowId}`,
    );
    const url = `/approvals/${open.items[0].approvalId}/decision`;
    const stale = await post(
      url,
      { decision: 'approve', scopeHash: 'a'.repeat(64) },
      BEN,
    );
    expect(stale.status).toBe(409);
    const { scopeHash } = open.items[0];
    const silent = await post(url, { decision: 'reject', scopeHash }, BEN);
    expect(silent.body.error.problems[0].field).toBe('reason');
    const rejected = await post(
      url,
      { decision: 'reject', scopeHash, reason: 'no need' },
      BEN,
    );
    expect(rejected.body.status).toBe('rejected');
    await inPhase(created.workflowId, 'cancelled');
  });

  it('plans without keeping anything on a dry run', async () => {
    const preview = await post(
      '/workflows',
      body('dry-service', { dryRun: true }),
    );
    expect(preview.status).toBe(200);
    expect(preview.body.plan.planHash).toMatch(/^[0-9a-f]{64}$/);
    expect((await get('/workflows?service=dry-service')).body.totalItems).toBe(
      0,
    );
  });

  it('serves its own description', async () => {
    const { body: document } = await get('/openapi.json');
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});
