import {
  agentContext,
  agentContract,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { codegenAgent } from './codegenAgent';
import type { CodegenInput } from './schema';
import { checkOwnWork } from './steps/checkOwnWork';

// The first check loads the parsers of every format.
jest.setTimeout(60_000);

function contextFor(
  part: CodegenInput['part'],
  intent: Record<string, string> = {},
) {
  return agentContext({
    input: { part },
    task: { taskId: 't1' },
    intent: { serviceName: 'orders-service', ...intent },
  });
}

agentContract({
  agent: codegenAgent,
  invalidInputs: {
    'no part': {},
    'a part that there is not': { part: 'documentation' },
    'unknown fields': { part: 'pipeline', extra: true },
  },
  tasks: {
    'the pipeline of a service': () => ({
      input: { part: 'pipeline' as const },
      intent: { serviceName: 'orders-service' },
    }),
  },
});

describe('codegenAgent', () => {
  it.each([
    ['repository', 'src/main.ts'],
    ['infrastructure', 'infrastructure/terraform/main.tf'],
    ['pipeline', '.gitlab-ci.yml'],
  ] as const)('generates the %s with %s', async (part, path) => {
    const context = contextFor(part);

    const output = await codegenAgent.execute(context);

    expect(output).toMatchObject({ part, template: expect.any(String) });
    expect(output.checks.passed + output.checks.needsReview).toBe(output.files);
    const files = await context.artifacts.files(output.artifactId);
    expect(files).toHaveLength(output.files);
    expect(files.map(file => file.path)).toContain(path);
    const [artifact] = await context.artifacts.list();
    expect(artifact.provenance).toMatchObject({
      template: output.template,
      templateHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(context.emitted).toEqual([
      {
        type: 'codegen.completed',
        detail: {
          workflow_id: 'wf-1',
          task_id: 't1',
          service_name: 'orders-service',
          artifact_id: output.artifactId,
          files: output.files,
        },
      },
    ]);
  });

  it.each([
    ['python', 'repository', 'app/__main__.py'],
    ['python', 'pipeline', '.gitlab-ci.yml'],
    ['go', 'repository', 'cmd/service/main.go'],
    ['go', 'pipeline', '.gitlab-ci.yml'],
  ] as const)('finds no mistake in the %s %s', async (language, part, path) => {
    const context = contextFor(part, { language, database: 'postgresql' });
    const { artifactId } = await codegenAgent.execute(context);
    const files = await context.artifacts.files(artifactId);
    expect(files.map(file => file.path)).toContain(path);
  });

  it('makes the same artifact when it is run again', async () => {
    const first = await codegenAgent.execute(contextFor('repository'));
    const second = await codegenAgent.execute(contextFor('repository'));
    expect(second.artifactId).toBe(first.artifactId);
  });

  it('writes into each file where it comes from', async () => {
    const context = contextFor('repository');
    const { artifactId } = await codegenAgent.execute(context);
    const main = (await context.artifacts.files(artifactId)).find(
      ({ path }) => path === 'src/main.ts',
    );
    expect(main?.content).toContain('wf-1');
    expect(main?.content).toContain('codegen');
  });

  it('keeps the rollback script executable', async () => {
    const context = contextFor('repository');
    const { artifactId } = await codegenAgent.execute(context);
    const files = await context.artifacts.files(artifactId);
    expect(
      files.filter(file => file.executable).map(file => file.path),
    ).toContain('rollback.sh');
  });

  it.each([
    [{ language: 'cobol' }, 'no template for cobol'],
    [{ database: 'oracle' }, "database 'oracle'"],
  ])('refuses %j and says what there is', async (intent, message) => {
    await expect(
      codegenAgent.execute(contextFor('repository', intent)),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        new RegExp(`${message}.*choose one of: .*nodejs`),
      ),
    });
  });

  it('refuses infrastructure for a service that needs none', async () => {
    const context = contextFor('infrastructure', { database: 'none' });
    await expect(codegenAgent.execute(context)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('leave this task out'),
    });
    expect(await context.artifacts.list()).toEqual([]);
  });
});

describe('checkOwnWork', () => {
  it('refuses a mistake of the template with file and line', async () => {
    await expect(
      checkOwnWork([
        { path: 'package.json', content: '{}' },
        { path: 'src/main.ts', content: '\nconst a = ;\n' },
      ]),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('src/main.ts:2 '),
    });
  });
});
