import {
  effectToolContract,
  toolContext,
  type TestToolContext,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gitOptions } from './gitOptions';
import { createGitPublishTool, type GitPublishParams } from './gitPublishTool';
import { createGitReadTool } from './gitReadTool';
import { publishedHead } from './publishedHead';

const FILES = [
  { path: 'README.md', content: '# user-service\n' },
  { path: 'deep/er/run.sh', content: '#!/bin/sh\n', executable: true },
  { path: 'crlf.txt', content: 'a\r\nb\r\n' },
  { path: '.gitattributes', content: '* text=auto eol=lf\n' },
  { path: '.gitignore', content: 'ignored/\n' },
  { path: 'ignored/kept.txt', content: 'published all the same\n' },
  { path: 'dir with blank/ümläut.txt', content: 'ü\n' },
];

function git(cwd: string, ...args: string[]): string {
  const outcome = spawnSync(
    'git',
    [
      '-c',
      'safe.directory=*',
      '-c',
      'user.name=Kim',
      '-c',
      'user.email=kim@example.com',
      ...args,
    ],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1' },
    },
  );
  if (outcome.status !== 0) {
    throw new Error(`git ${args.join(' ')}: ${outcome.stderr}`);
  }
  return outcome.stdout.trim();
}

async function aWorld(overrides: Partial<TestToolContext> = {}) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-git-test-'));
  const options = gitOptions({ dataDir, allowProduction: false });
  const tool = createGitPublishTool(options);
  const context = toolContext(overrides);
  const artifact = await context.artifacts.save({
    name: 'service',
    files: FILES,
  });
  const params: GitPublishParams = {
    serviceName: 'user-service',
    artifactIds: [artifact.artifactId],
    message: 'feat: user-service',
    branch: 'main',
  };
  const repository = path.join(options.repositoriesDir, 'user-service.git');
  return {
    dataDir,
    options,
    tool,
    context,
    params,
    repository,
    async observe() {
      return readdirSync(dataDir, { recursive: true }).map(String).sort();
    },
    async tearDown() {
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type World = Awaited<ReturnType<typeof aWorld>>;

/** Pushes a commit of a person's to the repository. */
function personPushes(world: World, file: string, content: string): string {
  const clone = mkdtempSync(path.join(os.tmpdir(), 'agentic-git-person-'));
  try {
    git(clone, 'clone', '--quiet', world.repository, 'clone');
    const work = path.join(clone, 'clone');
    mkdirSync(path.dirname(path.join(work, file)), { recursive: true });
    writeFileSync(path.join(work, file), content);
    git(work, 'add', '--all');
    git(work, 'commit', '--quiet', '-m', 'by a person');
    git(work, 'push', '--quiet', 'origin', 'HEAD:main');
    return git(work, 'rev-parse', 'HEAD');
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
}

const valid = {
  serviceName: 'user-service',
  artifactIds: ['a'],
  message: 'feat: x',
  branch: 'main',
};

effectToolContract({
  name: 'git.publish',
  setUp: () => aWorld(),
  invalidParams: {
    'a name that climbs out of the folder': { ...valid, serviceName: '../x' },
    'a name that looks like an option': {
      ...valid,
      serviceName: '--upload-pack=x',
    },
    'look-alike letters': { ...valid, serviceName: 'uѕer-service' },
    'a message of two lines': {
      ...valid,
      message: 'a\nAgentic-Effect: forged',
    },
    'another branch': { ...valid, branch: 'release' },
    'no artifacts': { ...valid, artifactIds: [] },
    'unknown fields': { ...valid, force: true },
  },
});

describe('git.publish', () => {
  let world: World;

  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(async () => {
    await world.tearDown();
  });

  it('publishes exactly the bytes and modes of the artifacts, and a clone has them', async () => {
    const { tool, params, context } = world;
    const result = await tool.execute(params, context);
    expect(result.created).toBe(true);

    const clone = path.join(world.dataDir, 'clone');
    git(
      world.dataDir,
      'clone',
      '--quiet',
      '--no-checkout',
      result.repositoryUrl,
      clone,
    );
    for (const file of FILES) {
      const shown = spawnSync('git', ['show', `HEAD:${file.path}`], {
        cwd: clone,
      });
      expect(shown.stdout.toString('utf8')).toBe(file.content);
    }
    expect(git(clone, 'ls-files', '--with-tree=HEAD').split('\n')).toHaveLength(
      FILES.length,
    );
    expect(git(clone, 'ls-tree', 'HEAD', 'deep/er/run.sh')).toMatch(/^100755 /);
  });

  it('is found by name once it is published', async () => {
    const { tool, params, context, options } = world;
    const { signal } = context;
    expect(
      await publishedHead(options, 'user-service', signal),
    ).toBeUndefined();
    const { repositoryUrl, commit } = await tool.execute(params, context);
    expect(await publishedHead(options, 'user-service', signal)).toEqual({
      repositoryUrl,
      commit,
    });
  });

  it('signs as the framework and ties the commit to its workflow and effect', async () => {
    const { tool, params, context, repository } = world;
    await tool.execute(params, context);
    expect(git(repository, 'log', '-1', '--format=%an <%ae>%n%B', 'main')).toBe(
      [
        'Agentic Framework <agentic@localhost>',
        'feat: user-service',
        '',
        'Agentic-Workflow: wf-1',
        'Agentic-Effect: wf-1.t1.main',
      ].join('\n'),
    );
  });

  it('runs no hooks of the repository', async () => {
    const { tool, params, context, repository, dataDir } = world;
    await tool.execute(params, context);
    const marker = path.join(dataDir, 'hook-ran');
    const hook = path.join(repository, 'hooks', 'post-receive');
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch '${marker}'\n`);
    chmodSync(hook, 0o755);
    await tool.execute(params, {
      ...context,
      idempotencyKey: 'wf-1.t1.second',
    });
    expect(existsSync(marker)).toBe(false);
    // The proof that the hook would have run: a person's push runs it.
    personPushes(world, 'x.txt', 'x');
    expect(existsSync(marker)).toBe(true);
  });

  it("publishes an update as one commit: changed files only, deletions of its own files, people's files kept", async () => {
    const { tool, params, context } = world;
    await tool.execute(params, context);
    personPushes(world, 'notes/person.md', 'mine\n');

    const next = await context.artifacts.save({
      name: 'service',
      files: [
        { path: 'README.md', content: '# changed\n' },
        { path: 'new.txt', content: 'new\n' },
        ...FILES.slice(2),
      ],
    });
    const update = { ...params, artifactIds: [next.artifactId] };
    const second = { ...context, idempotencyKey: 'wf-2.t1.main' };
    const dryRun = await tool.dryRun(update, second);
    expect(dryRun.changes).toEqual([
      expect.objectContaining({ action: 'create', resource: 'new.txt' }),
      expect.objectContaining({ action: 'update', resource: 'README.md' }),
      expect.objectContaining({ action: 'delete', resource: 'deep/er/run.sh' }),
    ]);
    const result = await tool.execute(update, second);
    expect(result.created).toBe(false);

    const read = await createGitReadTool(world.options).read(
      { serviceName: 'user-service' },
      context,
    );
    const paths = read.files.map(file => file.path);
    expect(paths).toContain('notes/person.md');
    expect(paths).not.toContain('deep/er/run.sh');
    expect(await tool.readBack(update, result, second)).toMatchObject({
      state: 'confirmed',
    });
  });

  it('pushes once when two executions with one key run at the same time', async () => {
    const { tool, params, context, repository } = world;
    const [one, two] = await Promise.all([
      tool.execute(params, context),
      createGitPublishTool(world.options).execute(params, context),
    ]);
    expect(one.commit).toBe(two.commit);
    expect(git(repository, 'rev-list', '--count', 'main')).toBe('1');
  });

  it('does not confirm a commit whose files were tampered with', async () => {
    const { tool, params, context, repository } = world;
    const result = await tool.execute(params, context);
    const forged = git(
      repository,
      'commit-tree',
      git(repository, 'mktree', '--missing'),
      '-m',
      `x\n\nAgentic-Effect: ${context.idempotencyKey}`,
    );
    git(repository, 'update-ref', 'refs/heads/main', forged);
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('is missing'),
    });
    expect(await tool.readBack(params, result, context)).toMatchObject({
      state: 'unknown',
    });
  });

  it('still confirms when people have pushed since', async () => {
    const { tool, params, context } = world;
    const result = await tool.execute(params, context);
    const later = personPushes(world, 'README.md', 'edited\n');
    expect(await tool.readBack(params, result, context)).toMatchObject({
      state: 'confirmed',
      evidence: expect.stringContaining(later),
    });
  });

  it('keeps what it rolls back: the repository goes to the archive', async () => {
    const { tool, params, context, options } = world;
    const result = await tool.execute(params, context);
    const undone = await tool.rollback(params, result, context);
    expect(undone.state).toBe('absent');
    const archive = path.join(options.repositoriesDir, '.archive');
    const [kept] = readdirSync(archive);
    expect(kept).toMatch(/^user-service-.*\.git$/);
    expect(git(path.join(archive, kept), 'rev-parse', 'main')).toBe(
      result.commit,
    );
  });

  it('reverts, and keeps the repository, when people have pushed since', async () => {
    const { tool, params, context, repository } = world;
    const result = await tool.execute(params, context);
    personPushes(world, 'person.md', 'mine\n');
    expect(await tool.rollback(params, result, context)).toMatchObject({
      state: 'absent',
    });
    expect(git(repository, 'ls-tree', '--name-only', 'main')).toBe('person.md');
    expect(await tool.readBack(params, result, context)).toMatchObject({
      state: 'absent',
    });
    expect(git(repository, 'rev-list', '--count', 'main')).toBe('3');
  });

  it('changes nothing when a revert would collide with later work', async () => {
    const { tool, params, context, repository } = world;
    const result = await tool.execute(params, context);
    const later = personPushes(world, 'README.md', 'edited\n');
    expect(await tool.rollback(params, result, context)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('by hand'),
    });
    expect(git(repository, 'rev-parse', 'main')).toBe(later);
  });

  it.each([
    ['../escape', "'..' part"],
    ['/etc/passwd', 'is absolute'],
    ['a//b', 'empty'],
    ['.git/config', "'.git'"],
    ['a/.GIT./hooks/x', "'.git'"],
    ['a/git~1/x', "'.git'"],
    ['C:/x', 'is absolute'],
    ['a\\..\\b', 'backslash'],
    ['a\nb', 'control character'],
    ['.g\u200cit/config', 'invisible'],
  ])('refuses the path %j', async (hostile, reason) => {
    const { tool, params, context } = world;
    const artifact = await context.artifacts.save({
      name: 'hostile',
      files: [{ path: hostile, content: 'x' }],
    });
    const bad = { ...params, artifactIds: [artifact.artifactId] };
    expect(await tool.validate(bad, context)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          field: 'artifactIds',
          message: expect.stringContaining(reason),
        }),
      ]),
    );
    await expect(tool.execute(bad, context)).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(await world.observe()).toEqual([]);
  });

  it.each([
    [
      'a path filled differently by two artifacts',
      { path: 'README.md', content: 'other' },
      'different content',
    ],
    [
      'a file that is also a folder',
      { path: 'README.md/x', content: 'x' },
      'folder',
    ],
    [
      'a file that is too large',
      { path: 'big', content: 'x'.repeat(1024 * 1024 + 1) },
      'bytes; the most',
    ],
  ])('refuses %s', async (_, file, reason) => {
    const { tool, params, context } = world;
    const other = await context.artifacts.save({
      name: 'other',
      files: [file],
    });
    const problems = await tool.validate(
      { ...params, artifactIds: [...params.artifactIds, other.artifactId] },
      context,
    );
    expect(problems.map(problem => problem.message).join()).toContain(reason);
  });

  it('says what to do when git is not there', async () => {
    const tool = createGitPublishTool({
      ...world.options,
      program: 'no-such-git',
    });
    expect(await tool.validate(world.params, world.context)).toEqual([
      {
        field: 'repository',
        message: expect.stringContaining("'no-such-git' cannot be started"),
        remedy: expect.stringContaining('Install git'),
      },
    ]);
  });

  it('refuses to work in production', async () => {
    const before = process.env.NODE_ENV;
    Object.assign(process.env, { NODE_ENV: 'production' });
    try {
      expect(await world.tool.validate(world.params, world.context)).toEqual([
        expect.objectContaining({ field: 'environment' }),
      ]);
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
  });

  it('reads a file, and names one that is not there', async () => {
    const { tool, params, context, options } = world;
    await tool.execute(params, context);
    const read = createGitReadTool(options);
    expect(
      await read.read(
        { serviceName: 'user-service', path: 'crlf.txt' },
        context,
      ),
    ).toMatchObject({ exists: true, content: 'a\r\nb\r\n' });
    await expect(
      read.read({ serviceName: 'user-service', path: 'nope' }, context),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await read.read({ serviceName: 'other-service' }, context)).toEqual({
      exists: false,
      files: [],
    });
    expect(
      read.schema.safeParse({ serviceName: 'x', path: '../y' }).success,
    ).toBe(false);
  });

  it('leaves nothing behind in the folder for temporary files', async () => {
    // Other suites run at the same time; a folder of this test's own shows only its own files.
    const before = process.env.TMPDIR;
    const temporary = mkdtempSync(path.join(os.tmpdir(), 'agentic-own-tmp-'));
    process.env.TMPDIR = temporary;
    try {
      await world.tool.execute(world.params, world.context);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    expect(readdirSync(temporary)).toEqual([]);
  });
});
