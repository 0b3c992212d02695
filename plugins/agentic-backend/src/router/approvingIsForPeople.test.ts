import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';

jest.setTimeout(120_000);

const ADA = mockCredentials.user.header('user:default/ada');
const BEN = mockCredentials.user.header('user:default/ben');
const machine = (subject: string) =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'agentic',
  });

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) {
      return name.startsWith('__') ? [] : sourcesBelow(file);
    }
    return /(?<!\.test)\.tsx?$/.test(name) ? [file] : [];
  });
}

describe('approving', () => {
  const actions = actionsRegistryServiceMock();
  let portal: SamplePortal;
  let approval: { approvalId: string; scopeHash: string };

  beforeAll(async () => {
    portal = await startSamplePortal({
      features: [
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => actions,
        }),
      ],
      agentic: {
        machineAccess: [
          {
            subject: 'external:ci',
            permissions: [
              'agentic.workflow.create',
              'agentic.workflow.read',
              'agentic.approval.read',
            ],
            environments: ['staging'],
          },
        ],
      },
    });
    const { body } = await portal.call('post', '/workflows', {
      as: ADA,
      body: {
        template: 'sample',
        parameters: { serviceName: 'for-people', environment: 'staging' },
      },
    });
    const workflowId = String(body.workflowId);
    await portal.reaches(workflowId, 'awaiting_approval', ADA);
    const list = await portal.call(
      'get',
      `/approvals?status=open&workflowId=${workflowId}`,
      { as: BEN },
    );
    [approval] = list.body.items as [typeof approval];
  });
  afterAll(() => portal.stop());

  const decide = (as: string) =>
    portal.call('post', `/approvals/${approval.approvalId}/decision`, {
      as,
      body: { decision: 'approve', scopeHash: approval.scopeHash },
    });

  it.each([
    ['nobody', mockCredentials.none.header(), 401],
    ['a made-up token', 'Bearer approve.me.please', 401],
    ['the plugin of templates', machine('plugin:scaffolder'), 403],
    ['the plugin of MCP tools', machine('plugin:mcp-actions'), 403],
    ['this very plugin', machine('plugin:agentic'), 403],
    ['a machine with a token', machine('external:ci'), 403],
    ['a machine with the name of a person', machine('user:default/ben'), 403],
    ['the requester', ADA, 403],
    [
      'a person without a role',
      mockCredentials.user.header('user:default/dmitri'),
      403,
    ],
  ])('is not done by %s', async (_who, as, status) => {
    const answer = await decide(as);
    expect(answer.status).toBe(status);
    const { body } = await portal.call(
      'get',
      `/approvals/${approval.approvalId}`,
      { as: BEN },
    );
    expect(body).toMatchObject({ status: 'open', decisions: [] });
    expect(portal.world.ledger).toEqual([]);
  });

  it.each(['plugin:scaffolder', 'plugin:mcp-actions', 'external:ci'])(
    'is not even looked at by %s in the name of a person',
    async subject => {
      const answer = await portal.call(
        'post',
        `/approvals/${approval.approvalId}/seen`,
        { as: machine(subject), body: { details: true } },
      );
      expect([401, 403]).toContain(answer.status);
    },
  );

  it('is no action that a machine, an MCP client or a template could call', async () => {
    const registered = await actions.list();
    expect(registered.actions).toEqual([]);
  });

  it.each([
    'plugins/scaffolder-backend-module-agentic/src',
    'plugins/catalog-backend-module-agentic/src',
    'plugins/agentic-backend/src/agents',
    'plugins/agentic-backend/src/tools',
  ])('is nothing that the code in %s knows the way to', folder => {
    const root = path.resolve(__dirname, '../../../..');
    const files = sourcesBelow(path.join(root, folder));
    expect(files.length).toBeGreaterThan(5);
    const knowing = files.filter(file =>
      /\/approvals|ApprovalService|ApprovalStore|insertDecision/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(knowing).toEqual([]);
  });

  it('is done by a person who holds the role', async () => {
    const answer = await decide(BEN);
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'approved' },
    });
  });
});
