import fs from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { runAction } from '../__testUtils__/runAction';
import { someGeneratedFiles } from '../__testUtils__/samples';
import {
  startFakeAgenticApi,
  type FakeAgenticApi,
} from '../__testUtils__/startFakeAgenticApi';
import { createAgenticGenerateAction } from './createAgenticGenerateAction';

type Input = Parameters<
  ReturnType<typeof createAgenticGenerateAction>['handler']
>[0]['input'];

const input: Input = {
  template: 'microservice-with-db',
  parameters: { serviceName: 'user-service' },
};

describe('agentic:generate', () => {
  const workspace = createMockDirectory();
  let api: FakeAgenticApi;
  const run = (
    more: Partial<Input> = {},
    options: { isDryRun?: boolean } = {},
  ) =>
    runAction(
      createAgenticGenerateAction({ client: api.client }),
      { ...input, ...more },
      { workspacePath: workspace.path, ...options },
    );

  beforeAll(async () => {
    api = await startFakeAgenticApi();
  });
  beforeEach(() => {
    api.reset();
    workspace.clear();
  });
  afterAll(() => api?.stop());

  it.each([false, true])(
    'writes the files into the workspace (dry run: %s)',
    async isDryRun => {
      api.answerWith({
        body: someGeneratedFiles(['src/index.js', 'scripts/rollback.sh']),
      });
      const { output } = await run({ targetPath: 'out' }, { isDryRun });
      expect(workspace.content()).toEqual({
        out: {
          src: { 'index.js': 'content of src/index.js\n' },
          scripts: { 'rollback.sh': 'content of scripts/rollback.sh\n' },
        },
      });
      const modeOf = async (path: string) =>
        (await fs.stat(workspace.resolve(path))).mode % 0o1000;
      expect(await modeOf('out/scripts/rollback.sh')).toBe(0o755);
      expect(await modeOf('out/src/index.js')).toBe(0o644);
      expect(output).toEqual({
        artifactId: 'b'.repeat(64),
        verdict: 'needs_review',
        files: ['src/index.js', 'scripts/rollback.sh'],
      });
      expect(api.requests.map(({ route, body }) => [route, body])).toEqual([
        ['POST /generate', input],
      ]);
    },
  );

  it('passes the wanted parts on', async () => {
    api.answerWith({ body: someGeneratedFiles(['main.tf']) });
    await run({ parts: ['infrastructure'] });
    expect(api.requests[0].body).toEqual({
      ...input,
      parts: ['infrastructure'],
    });
  });

  it.each([
    ['a generated path', ['ok.txt', '../outside.txt'], {}],
    ['an absolute generated path', ['ok.txt', '/outside.txt'], {}],
    ['targetPath', ['ok.txt'], { targetPath: '../elsewhere' }],
  ])(
    'writes nothing when %s leads out of the workspace',
    async (_, paths, more) => {
      api.answerWith({ body: someGeneratedFiles(paths) });
      await expect(run(more)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      expect(workspace.content()).toEqual({});
    },
  );

  it('writes nothing through a link that leads out of the workspace', async () => {
    const outside = createMockDirectory({ mockOsTmpDir: false });
    await fs.symlink(outside.path, workspace.resolve('link'));
    api.answerWith({ body: someGeneratedFiles(['link/file.txt']) });
    await expect(run()).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(outside.content()).toEqual({});
  });

  it('keeps a file of the workspace that has other content, unless it is told to replace', async () => {
    workspace.setContent({
      'README.md': 'mine',
      'same.md': 'content of same.md\n',
    });
    const files = someGeneratedFiles(['new.md', 'same.md', 'README.md']);
    api.answerWith({ body: files }, { body: files });
    await expect(run()).rejects.toThrow(
      /README\.md is already in the workspace.*replace/,
    );
    expect(workspace.content()).not.toHaveProperty(['new.md']);
    await run({ replace: true });
    expect(workspace.content()).toMatchObject({
      'README.md': 'content of README.md\n',
      'new.md': 'content of new.md\n',
    });
  });

  it('writes nothing that policy denies, and logs the violations', async () => {
    api.answerWith({
      body: someGeneratedFiles(['main.tf'], {
        decision: 'deny',
        reasons: ['the bucket is public'],
        violations: [
          {
            rule: 'no-public-bucket',
            severity: 'high',
            message: 'Anybody can read it',
            file: 'main.tf',
          },
        ],
      }),
    });
    await expect(run()).rejects.toThrow(
      /Policy denies.*nothing was written: the bucket is public/,
    );
    expect(workspace.content()).toEqual({});
  });
});
