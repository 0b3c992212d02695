import {
  agentContext,
  agentContract,
  MemoryArtifactStore,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { ComplianceReport } from './schema';
import { policyAgent } from './policyAgent';

// The first check loads the parsers.
jest.setTimeout(60_000);

const SOUND = { path: 'package.json', content: '{ "name": "orders" }\n' };
const BROKEN = { path: 'src/main.ts', content: 'export const a = ;\n' };
const UNCHECKED = { path: 'README.md', content: '# Orders\n' };

async function contextWith(
  files: { path: string; content: string }[],
  taskId = 't1',
) {
  const artifacts = new MemoryArtifactStore({ taskId });
  if (files.length > 0) {
    await artifacts.save({ name: 'repository', files });
  }
  return agentContext({
    input: { scope: 'workflow' as const },
    task: { taskId: 't5' },
    intent: { serviceName: 'orders' },
    artifacts,
  });
}

async function savedReport(artifacts: MemoryArtifactStore) {
  const saved = (await artifacts.list()).find(
    ({ name }) => name === 'compliance-report',
  );
  const files = await artifacts.files(saved!.artifactId);
  const contentOf = (path: string) =>
    files.find(file => file.path === path)!.content;
  return {
    json: ComplianceReport.parse(
      JSON.parse(contentOf('compliance-report.json')),
    ),
    markdown: contentOf('compliance-report.md'),
  };
}

agentContract({
  agent: policyAgent,
  invalidInputs: {
    'no scope': {},
    'unknown fields': { scope: 'workflow', extra: true },
  },
  tasks: {
    'files of which one has no checker': async () => ({
      input: { scope: 'workflow' as const },
      task: { taskId: 't5' },
      artifacts: (await contextWith([SOUND, UNCHECKED])).artifacts,
    }),
  },
});

describe('policyAgent', () => {
  it.each([
    ['allow', [SOUND], { passed: 1, failed: 0, needsReview: 0 }],
    [
      'needs_review',
      [SOUND, UNCHECKED],
      { passed: 1, failed: 0, needsReview: 1 },
    ],
    ['needs_review', [], { passed: 0, failed: 0, needsReview: 0 }],
  ])('answers %s and keeps the report', async (decision, files, counts) => {
    const context = await contextWith(files);

    const output = await policyAgent.execute(context);

    expect(output).toMatchObject({
      decision,
      files: counts,
      controlsCoverage: expect.stringMatching(/^none/),
    });
    expect(context.emitted).toEqual([
      {
        type: 'policy.validated',
        detail: {
          workflow_id: 'wf-1',
          task_id: 't5',
          service_name: 'orders',
          decision,
          violations: 0,
        },
      },
    ]);
    const { json, markdown } = await savedReport(context.artifacts);
    expect(json).toMatchObject({ decision, files: counts });
    expect(markdown).toContain(`**Decision: ${decision}.**`);
  });

  it('names what was not looked at, and why', async () => {
    const context = await contextWith([SOUND, UNCHECKED]);
    const { notCovered } = await policyAgent.execute(context);
    expect(notCovered).toEqual([
      { path: 'README.md', reason: expect.stringContaining('no checker') },
    ]);
    expect((await savedReport(context.artifacts)).markdown).toContain(
      '| README.md |',
    );
  });

  it('fails on a broken file, says which, and keeps the report', async () => {
    const context = await contextWith([SOUND, BROKEN]);

    await expect(policyAgent.execute(context)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('1 of 2 files of orders'),
    });

    expect(context.emitted).toEqual([
      {
        type: 'policy.violated',
        detail: expect.objectContaining({
          violations: [
            expect.objectContaining({
              severity: 'high',
              message: expect.stringMatching(/^src\/main\.ts: /),
            }),
          ],
        }),
      },
    ]);
    const { json, markdown } = await savedReport(context.artifacts);
    expect(json.violations).toContainEqual(
      expect.objectContaining({ file: 'src/main.ts', line: 1 }),
    );
    expect(markdown).toContain('| high | src/main.ts:1 |');
  });

  it('does not judge its own report of an earlier attempt', async () => {
    const context = await contextWith([UNCHECKED], 't5');
    const { files } = await policyAgent.execute(context);
    expect(files).toEqual({ passed: 0, failed: 0, needsReview: 0 });
  });
});
