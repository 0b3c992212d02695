import { spawnSync } from 'child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { delimiter, dirname, join } from 'path';
import { renderService } from './renderService';
import { aSpec, someProvenance } from './__testUtils__/sampleService';

const identity = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

describe('rollback.sh', () => {
  let folder: string;

  function create() {
    folder = mkdtempSync(join(tmpdir(), 'service-templates-'));
    git('init', '--quiet', '--initial-branch=main');
    commit('wf-1', 'First');
  }

  function remove() {
    rmSync(folder, { recursive: true });
  }

  function run(
    command: string,
    args: readonly string[],
    path = process.env.PATH,
  ) {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...identity, PATH: path, ROLLBACK_SNAPSHOT_DIR: folder },
    });
    return { status, stdout, stderr };
  }

  function git(...args: string[]): string {
    const { status, stdout, stderr } = run('git', args);
    if (status !== 0) {
      throw new Error(`git ${args.join(' ')}: ${stderr}`);
    }
    return stdout.trim();
  }

  function commit(requestId: string, description: string) {
    for (const { path, content, mode } of renderService(
      aSpec({ description }),
      {
        provenance: someProvenance({ requestId }),
      },
    )) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode });
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', description);
  }

  /** Puts a program that writes its arguments to a file before the real ones. */
  function fakeProgram(name: string): string {
    const bin = join(folder, '.git', 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(
      join(bin, name),
      `#!/bin/sh\necho "${name} $*" >> "${bin}/calls"\n`,
    );
    chmodSync(join(bin, name), 0o755);
    return [bin, process.env.PATH].join(delimiter);
  }

  function rollback(...args: string[]) {
    return run('bash', ['rollback.sh', ...args]);
  }

  describe('as a dry run', () => {
    beforeAll(create);
    afterAll(remove);

    it('changes nothing without --execute', () => {
      const before = git('rev-parse', 'HEAD');
      const { status, stdout } = rollback('wf-1');
      expect(status).toBe(0);
      expect(stdout).toContain('would run: git revert --no-edit');
      expect(stdout).toContain('Nothing was changed');
      expect(git('rev-parse', 'HEAD')).toBe(before);
      expect(git('status', '--porcelain')).toBe('');
      expect(git('branch', '--format=%(refname:short)')).toBe('main');
    });

    it.each([
      [[], 2, ''],
      [['../x'], 2, 'not valid'],
      [['a b'], 2, 'not valid'],
      [['$(id)'], 2, 'not valid'],
      [['x'.repeat(101)], 2, 'not valid'],
      [['wf-unknown'], 3, 'no commit of this repository belongs'],
      [['wf-1', '--target', 'moon'], 2, 'unknown target'],
      [
        ['wf-1', '--namespace', 'a;b', '--target', 'helm'],
        2,
        'namespace is not valid',
      ],
      [['wf-1', '--target'], 2, 'needs a value'],
      [['wf-1', 'wf-2'], 2, 'only one request id'],
      [['wf-1', '--force'], 2, 'unknown option'],
    ])('refuses %j', (args, status, message) => {
      const result = rollback(...args);
      expect(result.status).toBe(status);
      expect(result.stderr).toContain(message);
    });
  });

  describe('with --execute', () => {
    beforeEach(create);
    afterEach(remove);

    it('takes back the latest request on a branch for review', () => {
      const first = git('rev-parse', 'HEAD^{tree}');
      commit('wf-2', 'Second');
      expect(rollback('wf-2', '--execute')).toMatchObject({ status: 0 });
      expect(git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('rollback/wf-2');
      expect(git('rev-parse', 'HEAD^{tree}')).toBe(first);
    });

    it('takes back the request that made the repository, itself included', () => {
      expect(rollback('wf-1', '--execute')).toMatchObject({ status: 0 });
      expect(existsSync(join(folder, 'rollback.sh'))).toBe(false);
      expect(git('ls-tree', '-r', 'HEAD')).toBe('');
      expect(git('ls-tree', '-r', 'main')).not.toBe('');
    });

    it('keeps everything as it was when later commits are in the way', () => {
      commit('wf-2', 'Second');
      const before = git('rev-parse', 'HEAD');
      const { status, stderr } = rollback('wf-1', '--execute');
      expect(status).toBe(1);
      expect(stderr).toContain('later commits changed the same lines');
      expect(git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
      expect(git('rev-parse', 'HEAD')).toBe(before);
      expect(git('status', '--porcelain')).toBe('');
      expect(git('branch', '--format=%(refname:short)')).toBe('main');
    });

    it('refuses to run over changes that are not committed', () => {
      writeFileSync(join(folder, 'README.md'), 'mine');
      const { status, stderr } = rollback('wf-1', '--execute');
      expect(status).toBe(1);
      expect(stderr).toContain('not committed');
    });

    it.each([
      ['helm', 'helm', 'helm rollback user-service --namespace shop'],
      [
        'kubernetes',
        'kubectl',
        'kubectl rollout undo deployment/user-service --namespace shop',
      ],
      ['database', 'node', 'node src/migrate.ts down'],
    ])('rolls back %s only with --execute', (target, program, call) => {
      const path = fakeProgram(program);
      const args = [
        'rollback.sh',
        'wf-1',
        '--target',
        target,
        '--namespace',
        'shop',
      ];
      const calls = () =>
        run('cat', [join(folder, '.git', 'bin', 'calls')]).stdout;
      const withUrl = [
        'DATABASE_URL=postgres://x@127.0.0.1/x',
        'bash',
        ...args,
      ];

      const dry = run('env', withUrl, path);
      expect(dry).toMatchObject({ status: 0 });
      expect(dry.stdout).toContain(`would run: ${call}`);
      expect(calls()).toBe('');

      expect(run('env', [...withUrl, '--execute'], path)).toMatchObject({
        status: 0,
      });
      expect(calls()).toContain(call);
    });
  });
});
