import type {
  SearchableWorkflow,
  SearchableWorkflowPage,
} from '@agentic-backstage/plugin-agentic-common';
import { WorkflowCollatorFactory } from './WorkflowCollatorFactory';

function aWorkflow(change: Partial<SearchableWorkflow> = {}) {
  return {
    workflowId: 'wf-1',
    serviceName: 'user-service',
    template: 'rest-service',
    phase: 'completed' as const,
    environment: 'staging',
    owner: 'group:default/team-a',
    requestedBy: 'user:default/ada',
    createdAt: '2026-11-21T10:00:00.000Z',
    ...change,
  };
}

async function collect(
  page: (cursor?: string) => Promise<SearchableWorkflowPage>,
) {
  const factory = new WorkflowCollatorFactory({ page });
  const found: unknown[] = [];
  for await (const document of await factory.getCollator()) {
    found.push(document);
  }
  return found;
}

describe('WorkflowCollatorFactory', () => {
  it('reads page after page and binds each document to the permission to read its workflow', async () => {
    const pages = new Map<string | undefined, SearchableWorkflowPage>([
      [undefined, { items: [aWorkflow()], nextCursor: 'next' }],
      [
        'next',
        { items: [aWorkflow({ workflowId: 'wf/2', description: 'Words' })] },
      ],
    ]);
    const found = await collect(async cursor => pages.get(cursor)!);
    expect(found).toEqual([
      expect.objectContaining({
        title: 'user-service: rest-service',
        text: 'rest-service for group:default/team-a in staging',
        location: '/agentic/workflows/wf-1',
        authorization: { resourceRef: 'wf-1' },
      }),
      expect.objectContaining({
        text: 'Words',
        location: '/agentic/workflows/wf%2F2',
        authorization: { resourceRef: 'wf/2' },
      }),
    ]);
    expect(new WorkflowCollatorFactory({ page: jest.fn() })).toMatchObject({
      type: 'agentic-workflow',
      visibilityPermission: { name: 'agentic.workflow.read' },
    });
  });

  it('fails as a whole when a page cannot be read, so that half an index replaces nothing', async () => {
    await expect(
      collect(async cursor => {
        if (cursor) {
          throw new Error('unreachable');
        }
        return { items: [aWorkflow()], nextCursor: 'next' };
      }),
    ).rejects.toThrow('unreachable');
  });
});
