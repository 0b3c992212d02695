import {
  createApprovalConditionalDecision,
  approvalConditions,
  createWorkflowConditionalDecision,
  workflowConditions,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createServiceFactory,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';

jest.setTimeout(180_000);

const header = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);
const ADA = header('ada');
const BEN = header('ben');
/** Sees what his team owns, and nothing else. */
const DMITRI = header('dmitri');
/** Sees everything and changes nothing. */
const OSCAR = header('oscar');
/** Sees workflows, but none of their parts. */
const CHIARA = header('chiara');

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const OWN = { refs: ['group:default/team-search'] };

function userOf({ principal }: BackstageCredentials): string | undefined {
  return typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal
    ? String(principal.userEntityRef)
    : undefined;
}

function decide(
  permission: ResourcePermission,
  user: string | undefined,
): PolicyDecision {
  switch (user) {
    case 'user:default/oscar':
      return permission.attributes.action === 'read' ? ALLOW : DENY;
    case 'user:default/chiara':
      return permission.name === 'agentic.workflow.read' ? ALLOW : DENY;
    case 'user:default/dmitri':
      if (isResourcePermission(permission, 'agentic-workflow')) {
        return createWorkflowConditionalDecision(
          permission,
          workflowConditions.isOwnedBy(OWN),
        );
      }
      return isResourcePermission(permission, 'agentic-approval')
        ? createApprovalConditionalDecision(
            permission,
            approvalConditions.isOwnedBy(OWN),
          )
        : DENY;
    default:
      return ALLOW;
  }
}

describe('what one may not see', () => {
  let portal: SamplePortal;
  let workflowId: string;
  let approvalId: string;
  let artifactId: string;
  let path: string;
  const broadcast: unknown[] = [];

  beforeAll(async () => {
    portal = await startSamplePortal({
      features: [
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => ({
            authorize: async queries =>
              queries.map(() => ({ result: AuthorizeResult.ALLOW })),
            authorizeConditional: async (queries, options) =>
              queries.map(({ permission }) =>
                decide(
                  permission,
                  options && 'credentials' in options
                    ? userOf(options.credentials)
                    : undefined,
                ),
              ),
          }),
        }),
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({
            publish: async signal => {
              broadcast.push(signal);
            },
          }),
        }),
      ],
    });
    const created = await portal.call('post', '/workflows', {
      as: ADA,
      body: {
        template: 'sample',
        parameters: { serviceName: 'hidden-service', environment: 'staging' },
      },
    });
    workflowId = String(created.body.workflowId);
    await portal.reaches(workflowId, 'awaiting_approval', ADA);
    const { body } = await portal.call('get', `/workflows/${workflowId}`, {
      as: ADA,
    });
    [{ approvalId }] = body.approvals as { approvalId: string }[];
    [
      {
        artifactId,
        files: [{ path }],
      },
    ] = body.artifacts as { artifactId: string; files: { path: string }[] }[];
  });
  afterAll(() => portal.stop());

  const DECISION = {
    decision: 'approve',
    reason: '',
    scopeHash: 'a'.repeat(64),
  };

  it.each([
    ['get', '/workflows/:id'],
    ['get', '/workflows/:id/events'],
    ['get', '/workflows/:id/record'],
    ['post', '/workflows/:id/pause'],
    ['post', '/workflows/:id/resume'],
    ['post', '/workflows/:id/cancel'],
    ['post', '/workflows/:id/retry'],
    ['get', '/workflows/:id/files/:file'],
    ['get', '/approvals/:id'],
    ['post', '/approvals/:id/decision'],
    ['get', '/audit/chains/:id'],
  ] as const)(
    'is answered like what is not there: %s %s',
    async (method, route) => {
      const id = route.startsWith('/approvals') ? approvalId : workflowId;
      const file = `${artifactId}?path=${encodeURIComponent(path)}`;
      const answer = async (of: string) => {
        const { status, body } = await portal.call(
          method,
          route.replace(':id', of).replace(':file', file),
          {
            as: DMITRI,
            ...(method === 'post' && {
              body: route.startsWith('/approvals') ? DECISION : {},
            }),
          },
        );
        return { status, text: JSON.stringify(body).split(of).join('<id>') };
      };
      const hidden = await answer(id);
      expect(hidden.status).toBe(404);
      expect(hidden).toEqual(await answer('nothing-there'));
      expect(hidden.text).not.toContain('hidden-service');
    },
  );

  it('is in no list', async () => {
    for (const route of ['/workflows', '/approvals']) {
      const { status, body } = await portal.call('get', route, { as: DMITRI });
      expect([status, body.items]).toEqual([200, []]);
    }
    const deployments = await portal.call('get', '/deployments', {
      as: DMITRI,
    });
    expect(deployments.body.items).toEqual([]);
  });

  it.each([
    ['a workflow', () => `/workflows/${workflowId}/cancel`, {}],
    ['an approval', () => `/approvals/${approvalId}/decision`, DECISION],
  ])(
    'is told from what one may see and not change: %s is 403',
    async (_what, route, body) => {
      const answer = await portal.call('post', route(), { as: OSCAR, body });
      expect(answer.status).toBe(403);
      expect(answer.body.error?.message).toContain('permission');
    },
  );

  it.each([
    ['POST /workflows', '/workflows', {}],
    ['a dry run', '/workflows', { dryRun: true }],
  ])(
    'keeps its id when its service name is asked for by %s',
    async (_what, route, more) => {
      const ask = async (as: string) => {
        const { status, body } = await portal.call('post', route, {
          as,
          body: {
            template: 'sample',
            parameters: {
              serviceName: 'hidden-service',
              environment: 'staging',
            },
            ...more,
          },
        });
        expect(status).toBe(409);
        return JSON.stringify(body);
      };
      const toStranger = await ask(DMITRI);
      expect(toStranger).not.toContain('wf-');
      expect(toStranger).toContain('parameters.serviceName');
      expect(await ask(BEN)).toContain(workflowId);
    },
  );

  it('is not told by a broadcast', () => {
    expect(broadcast).not.toHaveLength(0);
    expect(JSON.stringify(broadcast)).not.toContain('wf-');
  });

  it('is left out of a workflow one may see', async () => {
    const whole = await portal.call('get', `/workflows/${workflowId}`, {
      as: BEN,
    });
    expect(whole.body).toMatchObject({
      approvals: [{ approvalId }],
      artifacts: expect.arrayContaining([
        expect.objectContaining({ artifactId }),
      ]),
    });
    const seen = await portal.call('get', `/workflows/${workflowId}`, {
      as: CHIARA,
    });
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      serviceName: 'hidden-service',
      approvals: [],
      artifacts: [],
      deployments: [],
    });
    const verdicts = (body: object) =>
      (
        body as {
          effects: { verdict: { decision: string; reasons: string[] } }[];
        }
      ).effects.map(({ verdict }) => verdict);
    expect(verdicts(whole.body)).not.toHaveLength(0);
    expect(verdicts(seen.body)).toEqual(
      verdicts(whole.body).map(verdict => ({
        ...verdict,
        reasons: [],
        violations: [],
      })),
    );
    const file = await portal.call(
      'get',
      `/workflows/${workflowId}/files/${artifactId}?path=${path}`,
      { as: CHIARA },
    );
    expect(file.status).toBe(404);
  });
});
