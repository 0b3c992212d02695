import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readGoLaunch } from './readGoLaunch';

describe('readGoLaunch', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-launch-test-'));
    mkdirSync(path.join(folder, '.agentic'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const identity =
    'package service\n\nconst Name = "user-service"\n\nconst Version = "1.2.3"\n';
  const write = (launch: unknown, source = identity) => {
    writeFileSync(path.join(folder, 'service.go'), source);
    writeFileSync(
      path.join(folder, '.agentic', 'launch.json'),
      JSON.stringify(launch),
    );
  };

  it('takes the programs from the launch file and the identity from the code', async () => {
    const migrate = ['./bin/service', 'migrate', 'up'];
    write({ language: 'go', argv: ['bin/service'], migrate });
    expect(await readGoLaunch(folder)).toEqual({
      name: 'user-service',
      version: '1.2.3',
      argv: ['bin/service'],
      migrate,
      healthPath: '/health',
      readinessPath: '/ready',
    });
  });

  it.each([
    '/bin/sh',
    'go',
    'sh',
    '../bin/service',
    'bin/../../x',
    'bin/.hidden',
    'bin/a b',
    './../bin/service',
    '././bin/service',
  ])('refuses to start %j', async program => {
    write({ argv: [program] });
    await expect(readGoLaunch(folder)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('a program of its own'),
    });
    write({ argv: ['bin/service'], migrate: [program, 'up'] });
    await expect(readGoLaunch(folder)).rejects.toThrow(/a program of its own/);
  });

  it.each([
    ['a version', { argv: ['bin/service'] }, 'const Name = "user-service"'],
    ['an argv', {}, identity],
    ['a program', { argv: [] }, identity],
  ])('refuses a repository without %s', async (_, launch, source) => {
    write(launch, source);
    await expect(readGoLaunch(folder)).rejects.toThrow(
      /does not say how to start/,
    );
  });
});
