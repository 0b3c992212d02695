import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPython, type Python } from './findPython';
import { environmentKey, provideVenv } from './provideVenv';

// Making environments takes a while, so this is a part of the step of CI for Python.
const wanted = process.env.AGENTIC_TEST_LANGUAGE === 'python';

jest.setTimeout(180_000);

const aPython: Python = {
  executable: '/usr/bin/python3.11',
  prefix: '/usr',
  version: '3.11.2',
};
const lock =
  'a==1.0 \\\n    --hash=sha256:00\nb==2.0 \\\n    --hash=sha256:11\n';

describe('environmentKey', () => {
  const key = environmentKey(lock, aPython);

  it.each([
    ['another header', `# Request ID: wf-2\n\n${lock}`, aPython, true],
    ['a newer patch', lock, { ...aPython, version: '3.11.9' }, true],
    ['another version', lock.replace('2.0', '2.1'), aPython, false],
    ['another hash', lock.replace('11', '12'), aPython, false],
    ['another Python', lock, { ...aPython, version: '3.12.1' }, false],
    ['another place', lock, { ...aPython, executable: '/opt/python' }, false],
  ])('is for %s the same: %#', (_, otherLock, otherPython, same) => {
    expect(environmentKey(otherLock, otherPython) === key).toBe(same);
  });
});

/** Makes a package with a Python module, as a wheel or as sources; answers its hash. */
const MAKE = `
import hashlib, sys, tarfile, zipfile, io
kind, target = sys.argv[1:]
if kind == 'wheel':
    with zipfile.ZipFile(target, 'w') as wheel:
        wheel.writestr('tiny.py', 'answer = 42\\n')
        wheel.writestr('tiny-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n')
        wheel.writestr('tiny-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr('tiny-1.0.dist-info/RECORD', '')
else:
    text = b"import pathlib; pathlib.Path(%r).write_text('ran')\\n" % (target + '.ran')
    with tarfile.open(target, 'w:gz') as sources:
        info = tarfile.TarInfo('tiny-1.0/setup.py')
        info.size = len(text)
        sources.addfile(info, io.BytesIO(text))
print(hashlib.sha256(open(target, 'rb').read()).hexdigest())
`;

(wanted ? describe : describe.skip)('provideVenv', () => {
  let folder: string;
  let python: Python;
  const { signal } = new AbortController();

  beforeAll(async () => {
    const found = await findPython(undefined);
    if (!found) {
      throw new Error('There is no Python for services on this machine');
    }
    python = found;
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-venv-test-'));
    mkdirSync(path.join(folder, 'packages'));
    mkdirSync(path.join(folder, 'release'));
    process.env.PIP_NO_INDEX = '1';
    process.env.PIP_FIND_LINKS = path.join(folder, 'packages');
  });
  afterEach(() => {
    delete process.env.PIP_NO_INDEX;
    delete process.env.PIP_FIND_LINKS;
    rmSync(folder, { recursive: true, force: true });
  });

  const make = (kind: string, name: string) =>
    execFileSync(
      python.executable,
      ['-c', MAKE, kind, path.join(folder, 'packages', name)],
      { encoding: 'utf8' },
    ).trim();
  const provide = (hash: string) => {
    const release = path.join(folder, 'release');
    writeFileSync(
      path.join(release, 'requirements.txt'),
      `# a header\ntiny==1.0 \\\n    --hash=sha256:${hash}\n`,
    );
    const store = path.join(folder, 'store');
    return provideVenv({ store, python }, release, signal);
  };
  const stored = () => {
    const store = path.join(folder, 'store');
    return existsSync(store) ? readdirSync(store) : [];
  };

  it('unpacks a wheel with the hash of the lock, once', async () => {
    const hash = make('wheel', 'tiny-1.0-py3-none-any.whl');
    await Promise.all([provide(hash), provide(hash)]);
    expect(stored()).toHaveLength(1);
    const venv = readlinkSync(path.join(folder, 'release', '.venv'));
    const answer = execFileSync(
      path.join(venv, 'bin', 'python'),
      ['-c', 'import tiny; print(tiny.answer)'],
      { encoding: 'utf8' },
    );
    expect(answer).toBe('42\n');
  });

  it('refuses a wheel with another hash, and keeps nothing', async () => {
    make('wheel', 'tiny-1.0-py3-none-any.whl');
    await expect(provide('0'.repeat(64))).rejects.toThrow(
      /could not be installed.*DO NOT MATCH/s,
    );
    expect(stored()).toEqual([]);
  });

  it('runs no script of a package that has only sources', async () => {
    const hash = make('sources', 'tiny-1.0.tar.gz');
    await expect(provide(hash)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/pip said: /),
    });
    expect(readdirSync(path.join(folder, 'packages'))).toEqual([
      'tiny-1.0.tar.gz',
    ]);
    expect(stored()).toEqual([]);
  });
});
