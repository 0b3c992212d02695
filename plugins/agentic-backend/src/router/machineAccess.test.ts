import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { createServer, type Server } from 'node:http';
import { aSigningKey, signToken } from '../__testUtils__/signToken';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';
import { OPERATIONS } from './openApi/operations';

jest.setTimeout(180_000);

const CI = 'Bearer ci-token-of-the-sample-company';
const READER = 'Bearer reader-token-of-the-sample-company';
const STRANGER = 'Bearer stranger-token-of-the-sample-company';
const RESTRICTED = 'Bearer restricted-token-of-the-sample-company';
const ELSEWHERE = 'Bearer elsewhere-token-of-the-sample-company';

const issuer = aSigningKey();
const people = aSigningKey();
const forger = aSigningKey();
const bearer = (token: string) => `Bearer ${token}`;
const asUser = (name: string, key = people) =>
  bearer(
    signToken(
      key,
      { sub: `user:default/${name}` },
      { typ: 'vnd.backstage.user' },
    ),
  );
const ADA = asUser('ada');
const BEN = asUser('ben');

function access(text: string, subject: string, restrictions?: object[]) {
  return {
    type: 'static',
    options: { token: text.replace('Bearer ', ''), subject },
    ...(restrictions && { accessRestrictions: restrictions }),
  };
}

/** Publishes the keys with which the portal signs the tokens of people. */
const authKeys = createBackendPlugin({
  pluginId: 'auth',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        const router = express.Router();
        router.get('/.well-known/jwks.json', (_req, res) => {
          res.json(people.jwks);
        });
        http.use(router);
        http.addAuthPolicy({
          path: '/.well-known/jwks.json',
          allow: 'unauthenticated',
        });
      },
    });
  },
});

describe('machine access', () => {
  let portal: SamplePortal;
  let keys: Server;

  beforeAll(async () => {
    keys = createServer((_req, res) => {
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify(issuer.jwks));
    });
    await new Promise<void>(resolve => {
      keys.listen(0, '127.0.0.1', resolve);
    });
    const { port } = keys.address() as { port: number };
    portal = await startSamplePortal({
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        permissionsServiceFactory,
        authKeys,
      ],
      config: {
        backend: {
          auth: {
            externalAccess: [
              access(CI, 'external:ci'),
              access(READER, 'external:reader'),
              access(STRANGER, 'external:stranger'),
              access(RESTRICTED, 'external:restricted', [
                { plugin: 'agentic', permission: 'agentic.workflow.read' },
              ]),
              access(ELSEWHERE, 'external:elsewhere', [{ plugin: 'catalog' }]),
              {
                type: 'jwks',
                options: {
                  url: `http://127.0.0.1:${port}/keys`,
                  issuer: 'https://pipelines.example',
                  audience: 'portal',
                  algorithm: 'ES256',
                  subjectPrefix: 'pipelines',
                },
              },
            ],
          },
        },
      },
      agentic: {
        environments: {
          staging: { automatedSystems: ['external:ci'] },
          production: { requesters: ['everyone'], requireChangeReason: false },
        },
        machineAccess: [
          {
            subject: 'external:ci',
            permissions: [
              'agentic.workflow.create',
              'agentic.workflow.read',
              'agentic.workflow.control',
              'agentic.approval.read',
            ],
            environments: ['development', 'staging'],
            actForUsers: ['group:default/team-payments'],
          },
          {
            subject: 'external:reader',
            permissions: ['agentic.workflow.read'],
            environments: ['staging'],
          },
          {
            subject: 'external:restricted',
            permissions: ['agentic.workflow.create', 'agentic.workflow.read'],
            environments: ['development', 'staging', 'production'],
            actForUsers: ['group:default/team-payments'],
          },
          {
            subject: 'external:elsewhere',
            permissions: ['agentic.workflow.read'],
            environments: ['staging'],
          },
          {
            subject: 'external:pipelines:deployer',
            permissions: ['agentic.workflow.read'],
            environments: ['staging'],
          },
        ],
      },
    });
  });
  afterAll(async () => {
    await portal.stop();
    keys.close();
  });

  const body = (serviceName: string, environment: string, more = {}) => ({
    template: 'sample',
    parameters: { serviceName, environment },
    ...more,
  });
  const created = async (
    as: string,
    request: object,
  ): Promise<Record<string, unknown>> => {
    const answer = await portal.call('post', '/workflows', {
      as,
      body: request,
    });
    expect(answer.status).toBe(201);
    return answer.body;
  };

  const CLOSED = OPERATIONS.filter(({ open }) => !open).map(
    ({ method, path }) => [method, path.replace(/\{\w+\}/g, 'x')] as const,
  );

  it.each(CLOSED)(
    '%s %s is 401 for nobody and for a broken or forged token, 403 for a machine without a grant',
    async (method, route) => {
      const now = Math.floor(Date.now() / 1000);
      const pipeline = {
        sub: 'deployer',
        iss: 'https://pipelines.example',
        aud: 'portal',
      };
      for (const as of [
        undefined,
        'Bearer nonsense',
        'Bearer ci-token-of-the-sample-compan',
        asUser('ada', forger),
        bearer(signToken(forger, pipeline)),
        bearer(signToken(issuer, { ...pipeline, exp: now - 60 })),
        bearer(signToken(issuer, { ...pipeline, aud: 'another' })),
      ]) {
        const answer = await portal.call(method, route, { as, body: {} });
        expect([as, answer.status]).toEqual([as, 401]);
      }
      const stranger = await portal.call(method, route, {
        as: STRANGER,
        body: {},
      });
      expect(stranger.status).toBe(403);
      const elsewhere = await portal.call(method, route, {
        as: ELSEWHERE,
        body: {},
      });
      expect(elsewhere.status).toBe(403);
    },
  );

  it('leaves the health open to everybody', async () => {
    for (const as of [undefined, STRANGER]) {
      expect((await portal.call('get', '/health', { as })).status).toBe(200);
    }
  });

  it('lets a pipeline with a signed token read what its grant covers', async () => {
    const as = bearer(
      signToken(issuer, {
        sub: 'deployer',
        iss: 'https://pipelines.example',
        aud: 'portal',
      }),
    );
    expect((await portal.call('get', '/workflows', { as })).status).toBe(200);
    const create = await portal.call('post', '/workflows', {
      as,
      body: body('by-pipeline', 'staging'),
    });
    expect(create.status).toBe(403);
  });

  it('shows a machine only the environments of its grant, and hides the others', async () => {
    const production = await created(ADA, body('in-production', 'production'));
    const staging = await created(ADA, body('in-staging', 'staging'));
    const list = await portal.call('get', '/workflows?service=in-', {
      as: READER,
    });
    expect(
      (list.body.items as { workflowId: string }[]).map(
        ({ workflowId }) => workflowId,
      ),
    ).toEqual([staging.workflowId]);
    const see = (id: unknown) =>
      portal.call('get', `/workflows/${id}`, { as: READER });
    expect((await see(staging.workflowId)).status).toBe(200);
    expect((await see(production.workflowId)).status).toBe(404);
    const cancel = await portal.call(
      'post',
      `/workflows/${staging.workflowId}/cancel`,
      { as: READER, body: { reason: 'no' } },
    );
    expect(cancel.status).toBe(403);
  });

  it('takes work from a machine in its own name, where it is an automated system', async () => {
    const { workflowId } = await created(CI, body('by-ci', 'staging'));
    const seen = await portal.call('get', `/workflows/${workflowId}`, {
      as: CI,
    });
    expect(seen.body.requestedBy).toBe('service:external:ci');
    for (const environment of ['development', 'production']) {
      const refused = await portal.call('post', '/workflows', {
        as: CI,
        body: body(`by-ci-${environment}`, environment),
      });
      expect([environment, refused.status]).toEqual([environment, 403]);
    }
    const cancelled = await portal.call(
      'post',
      `/workflows/${workflowId}/cancel`,
      { as: CI, body: { reason: 'superseded' } },
    );
    expect(cancelled.status).toBe(202);
  });

  it.each([
    ['a user it may act for', 'user:default/ada', 201],
    ['a user it may not act for', 'user:default/ben', 403],
    ['a user nobody knows', 'user:default/mallory', 403],
    ['another machine', 'service:external:reader', 403],
    ['a name that is no ref', 'ada', 403],
  ])('in the name of %s: %s is %d', async (_what, requestedBy, status) => {
    const answer = await portal.call('post', '/workflows', {
      as: CI,
      body: body(`for-${requestedBy.replace(/\W/g, '-')}`, 'staging', {
        requestedBy,
      }),
    });
    expect(answer.status).toBe(status);
  });

  it('is seen as work of the user it was asked for', async () => {
    const { workflowId } = await created(
      CI,
      body('for-ada', 'staging', { requestedBy: 'user:default/ada' }),
    );
    const seen = await portal.call('get', `/workflows/${workflowId}`, {
      as: ADA,
    });
    expect(seen.body.requestedBy).toBe('user:default/ada');
  });

  it('respects the restrictions of the token besides its grant', async () => {
    const list = await portal.call('get', '/workflows', { as: RESTRICTED });
    expect(list.status).toBe(200);
    const create = await portal.call('post', '/workflows', {
      as: RESTRICTED,
      body: body('restricted', 'staging', { requestedBy: 'user:default/ada' }),
    });
    expect(create.status).toBe(403);
  });

  it('lets no machine approve, whatever it is granted, and leaves the approval open', async () => {
    const { workflowId } = await created(CI, body('to-approve', 'staging'));
    await portal.reaches(String(workflowId), 'awaiting_approval', CI);
    const list = await portal.call(
      'get',
      `/approvals?workflowId=${workflowId}`,
      { as: CI },
    );
    const [approval] = list.body.items as {
      approvalId: string;
      scopeHash: string;
    }[];
    const decision = (as: string) =>
      portal.call('post', `/approvals/${approval.approvalId}/decision`, {
        as,
        body: {
          decision: 'approve',
          reason: 'it is fine',
          scopeHash: approval.scopeHash,
        },
      });
    for (const as of [CI, RESTRICTED, STRANGER]) {
      expect((await decision(as)).status).toBe(403);
    }
    expect((await decision(asUser('ben', forger))).status).toBe(401);
    const after = await portal.call(
      'get',
      `/approvals/${approval.approvalId}`,
      { as: BEN },
    );
    expect(after.body).toMatchObject({ status: 'open', decisions: [] });
    const byPerson = await decision(BEN);
    expect(byPerson.body.error).toBeUndefined();
    expect(byPerson.status).toBe(200);
  });
});
