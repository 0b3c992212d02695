import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { localProcessOptions } from '../../localProcessOptions';
import { createToolchains, toolchainFor } from '../createToolchains';
import { createPythonToolchain } from './createPythonToolchain';

describe('createPythonToolchain', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-python-test-'));
    mkdirSync(path.join(folder, '.agentic'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const options = (python?: string) =>
    localProcessOptions(
      { dataDir: folder, allowProduction: false },
      { python, dependencyStore: path.join(folder, 'store') },
    );
  const write = (name: string, content: string) =>
    writeFileSync(path.join(folder, name), content);
  const manifest = '[project]\nname = "user-service"\nversion = "1.2.3"\n';

  it("takes the name from the manifest and the rest from the repository's own description", async () => {
    write('pyproject.toml', manifest);
    write(
      '.agentic/launch.json',
      JSON.stringify({
        language: 'python',
        argv: ['python', '-m', 'app'],
        migrate: ['python', '-m', 'app.migrate', 'up'],
        healthPath: '/live',
      }),
    );
    const toolchain = await toolchainFor(createToolchains(options()), folder);
    expect(toolchain.language).toBe('python');
    expect(await toolchain.readLaunch(folder)).toEqual({
      name: 'user-service',
      version: '1.2.3',
      argv: ['-m', 'app'],
      migrate: ['-m', 'app.migrate', 'up'],
      healthPath: '/live',
      readinessPath: '/ready',
    });
  });

  it.each([
    ['no manifest', undefined, { argv: ['-m', 'app'] }],
    ['a manifest without a version', '[project]\nname = "x"\n', {}],
    ['no description', manifest, undefined],
    ['nothing to start', manifest, { argv: [] }],
    ['a path that is none', manifest, { argv: ['-m', 'x'], healthPath: 'x y' }],
  ])('refuses a repository with %s', async (_, text, launch) => {
    if (text) write('pyproject.toml', text);
    if (launch) write('.agentic/launch.json', JSON.stringify(launch));
    await expect(
      createPythonToolchain(options()).readLaunch(folder),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('.agentic/launch.json'),
    });
  });

  it.each([path.join(os.tmpdir(), 'no-such-python'), process.execPath])(
    'says which Python is needed when %s is none',
    async program => {
      expect(await createPythonToolchain(options(program)).report()).toEqual({
        id: 'python',
        available: false,
        detail: `Generated services need Python 3.11 to 3.14 with its module venv; '${program}' is not that`,
      });
    },
  );
});

describe('toolchainFor', () => {
  it.each([
    ['package.json', 'nodejs'],
    ['pyproject.toml', 'python'],
    ['go.mod', 'go'],
  ])('knows a repository with %s', async (name, language) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-any-test-'));
    try {
      const toolchains = createToolchains(
        localProcessOptions({ dataDir: folder, allowProduction: false }),
      );
      await expect(toolchainFor(toolchains, folder)).rejects.toThrow(
        /none of 'package.json', 'pyproject.toml', 'go.mod'/,
      );
      writeFileSync(path.join(folder, name), '');
      expect(await toolchainFor(toolchains, folder)).toMatchObject({
        language,
      });
      mkdirSync(path.join(folder, '.agentic'));
      writeFileSync(
        path.join(folder, '.agentic/launch.json'),
        '{"language":"cobol"}',
      );
      await expect(toolchainFor(toolchains, folder)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining("'cobol' cannot be run"),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
