import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockCredentials } from '@backstage/backend-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';

jest.setTimeout(180_000);

const header = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);
const ADA = header('ada');
const BEN = header('ben');
const CHIARA = header('chiara');
const DMITRI = header('dmitri');
const OSCAR = header('oscar');

const ENVIRONMENTS = {
  environments: {
    production: {
      operators: ['group:default/operators', 'group:default/leads'],
      requireChangeReason: true,
    },
  },
};

interface OpenApproval {
  approvalId: string;
  scopeHash: string;
  requiredRoles: string[];
}

async function create(
  portal: SamplePortal,
  as: string,
  serviceName: string,
  environment: string,
  more = {},
) {
  return portal.call('post', '/workflows', {
    as,
    body: {
      template: 'sample',
      parameters: { serviceName, environment },
      ...more,
    },
  });
}

async function openApproval(
  portal: SamplePortal,
  as: string,
  workflowId: unknown,
): Promise<OpenApproval> {
  await portal.reaches(String(workflowId), 'awaiting_approval', as);
  const { body } = await portal.call(
    'get',
    `/approvals?status=open&workflowId=${workflowId}`,
    { as },
  );
  const [approval] = body.items as OpenApproval[];
  return approval;
}

function sign(portal: SamplePortal, as: string, approval: OpenApproval) {
  return portal.call('post', `/approvals/${approval.approvalId}/decision`, {
    as,
    body: {
      decision: 'approve',
      reason: 'I looked at it',
      scopeHash: approval.scopeHash,
    },
  });
}

describe('with permission.enabled: false', () => {
  let portal: SamplePortal;

  beforeAll(async () => {
    portal = await startSamplePortal({
      config: { permission: { enabled: false } },
      features: [permissionsServiceFactory],
      agentic: ENVIRONMENTS,
    });
  });
  afterAll(() => portal.stop());

  it('everybody reads and controls, as the portal wants it', async () => {
    const { body } = await create(portal, ADA, 'everyones', 'staging');
    const seen = await portal.call('get', `/workflows/${body.workflowId}`, {
      as: DMITRI,
    });
    expect(seen.status).toBe(200);
    const cancelled = await portal.call(
      'post',
      `/workflows/${body.workflowId}/cancel`,
      { as: DMITRI, body: { reason: 'not needed' } },
    );
    expect(cancelled.status).toBe(202);
  });

  it('holders of the role sign, others and the requester do not', async () => {
    const { body } = await create(portal, BEN, 'bens-service', 'staging');
    const approval = await openApproval(portal, BEN, body.workflowId);
    // Ben holds the role, and asked for it himself.
    for (const [as, reason] of [
      [BEN, 'somebody else has to decide'],
      [DMITRI, 'needs a signature as final'],
      [CHIARA, 'needs a signature as final'],
    ]) {
      const answer = await sign(portal, as, approval);
      expect(answer.status).toBe(403);
      expect(answer.body.error?.message).toContain(reason);
    }
    expect(portal.world.has('repo')).toBe(false);
  });

  it('production is asked for by operators, with a reason, and signed by two', async () => {
    const refused = await create(portal, ADA, 'for-production', 'production', {
      changeReason: 'I would like it',
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({
      problems: [{ field: 'parameters.environment' }],
    });
    const silent = await create(portal, OSCAR, 'for-production', 'production');
    expect(silent.status).toBe(400);
    expect(silent.body.error).toMatchObject({
      problems: [{ field: 'changeReason' }],
    });
    const created = await create(
      portal,
      OSCAR,
      'for-production',
      'production',
      { changeReason: 'Contract starts on Monday' },
    );
    expect(created.status).toBe(201);
    const approval = await openApproval(portal, OSCAR, created.body.workflowId);
    expect(approval.requiredRoles).toEqual(['strategic', 'final']);
    expect((await sign(portal, CHIARA, approval)).body.status).toBe('open');
    expect((await sign(portal, CHIARA, approval)).status).toBe(403);
    expect(portal.world.has('repo')).toBe(false);
    expect((await sign(portal, BEN, approval)).body.status).toBe('approved');
    await portal.reaches(String(created.body.workflowId), 'completed', OSCAR);
    expect(portal.world.has('repo')).toBe(true);
  });

  it('says in the list of environments what each may ask for', async () => {
    const byName = async (as: string) => {
      const { body } = await portal.call('get', '/environments', { as });
      const items = body.items as { name: string; mayRequest: boolean }[];
      return items
        .filter(({ mayRequest }) => mayRequest)
        .map(({ name }) => name);
    };
    expect(await byName(ADA)).toEqual(['development', 'staging']);
    expect(await byName(OSCAR)).toEqual([
      'development',
      'staging',
      'production',
    ]);
    const { body } = await portal.call('get', '/environments', { as: ADA });
    expect(body).toMatchObject({
      localTarget: { available: true },
      items: expect.arrayContaining([
        expect.objectContaining({
          name: 'production',
          dataClass: 'live',
          requireChangeReason: true,
          requiredRoles: ['strategic', 'final'],
          reason: expect.stringContaining('group:default/operators'),
        }),
      ]),
    });
  });

  it('refuses a retry and a resume in production by those who may not operate there', async () => {
    const created = await create(portal, OSCAR, 'operated', 'production', {
      changeReason: 'Contract starts on Monday',
    });
    const act = (as: string, action: string) =>
      portal.call('post', `/workflows/${created.body.workflowId}/${action}`, {
        as,
        body: { reason: 'trying' },
      });
    // Stopping work needs no right in the environment; going on does.
    expect((await act(ADA, 'pause')).status).toBe(202);
    for (const action of ['resume', 'retry']) {
      const refused = await act(ADA, action);
      expect([action, refused.status]).toEqual([action, 403]);
      expect(refused.body.error?.message).toContain('group:default/operators');
    }
    const seen = await portal.call(
      'get',
      `/workflows/${created.body.workflowId}`,
      { as: ADA },
    );
    expect(seen.body.controls).toMatchObject({ resume: false, cancel: true });
    expect((await act(OSCAR, 'resume')).status).toBe(202);
  });
});

describe('lanes with permission.enabled: false', () => {
  const aPortal = (agents: object) =>
    startSamplePortal({
      config: { permission: { enabled: false } },
      features: [permissionsServiceFactory],
      agentic: { agents },
    });

  it('an agent in lane read_only is given no work that changes anything', async () => {
    const portal = await aPortal({});
    const created = await create(portal, ADA, 'laned-service', 'staging');
    expect(created.status).toBe(400);
    expect(created.body.error?.message).toContain('read_only');
    await portal.stop();
  });

  it('an agent in lane dry_run changes nothing, whoever signs', async () => {
    const portal = await aPortal({ maker: { lane: 'dry_run' } });
    const created = await create(portal, ADA, 'laned-service', 'staging');
    expect(created.status).toBe(201);
    const deadline = Date.now() + 5000;
    while (Date.now() < deadline) {
      const { body } = await portal.call(
        'get',
        `/approvals?status=open&workflowId=${created.body.workflowId}`,
        { as: BEN },
      );
      for (const approval of body.items as OpenApproval[]) {
        await sign(portal, BEN, approval);
      }
      await sleep(250);
    }
    expect(portal.world.has('repo')).toBe(false);
    expect(portal.world.has('process')).toBe(false);
    await portal.stop();
  });
});
