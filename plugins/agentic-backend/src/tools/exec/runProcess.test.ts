import { ProcessFailedError, runProcess, runProcessOrFail } from './runProcess';
import { signalGroup } from './signalGroup';

const node = process.execPath;

describe('runProcess', () => {
  it('passes arguments as they are, with no shell in between', async () => {
    const hostile = '$(id); `id` && echo "x" > y | z';
    const outcome = await runProcess({
      program: node,
      args: ['-e', 'process.stdout.write(process.argv[1])', hostile],
      env: {},
    });
    expect(outcome).toEqual({ exitCode: 0, stdout: hostile, stderr: '' });
  });

  it('gives the program no environment but the one stated', async () => {
    process.env.A_SECRET_OF_THE_PORTAL = 'secret';
    try {
      const { stdout } = await runProcess({
        program: node,
        args: ['-p', 'JSON.stringify(process.env)'],
        env: { STATED: 'yes' },
      });
      expect(JSON.parse(stdout)).toEqual({ STATED: 'yes' });
    } finally {
      delete process.env.A_SECRET_OF_THE_PORTAL;
    }
  });

  it('hands over input and answers the exit code', async () => {
    const outcome = await runProcess({
      program: node,
      args: ['-e', 'process.stdin.pipe(process.stderr); process.exitCode = 3'],
      env: {},
      input: 'said',
    });
    expect(outcome).toEqual({ exitCode: 3, stdout: '', stderr: 'said' });
  });

  it('ends a program, with what it started, that takes too long', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log(process.pid);
      setInterval(() => {}, 1000);`;
    const controller = new AbortController();
    const started = Date.now();
    await expect(
      runProcess({
        program: node,
        args: ['-e', script],
        env: {},
        timeoutMs: 700,
        signal: controller.signal,
      }),
    ).rejects.toThrow(/did not finish within 0.7 s/);
    // It only settles when every holder of its output is gone, the grandchild included.
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('ends a program that is cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    await expect(
      runProcess({
        program: node,
        args: ['-e', 'setInterval(() => {}, 1000)'],
        env: {},
        signal: controller.signal,
      }),
    ).rejects.toThrow(/cancelled/);
  });

  it('ends a program that prints too much', async () => {
    await expect(
      runProcess({
        program: node,
        args: ['-e', 'for (;;) process.stdout.write("x".repeat(65536))'],
        env: {},
        maxOutputBytes: 100_000,
      }),
    ).rejects.toThrow(/printed more than 100000 bytes/);
  });

  it('names a program that is not there', async () => {
    await expect(
      runProcess({ program: 'no-such-program', args: [], env: {} }),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining("'no-such-program' was not found"),
    });
  });

  it('makes an error of an exit code where asked to', async () => {
    const failing = runProcessOrFail({
      program: node,
      args: ['-e', 'console.error("broken"); process.exit(2)'],
      env: {},
    });
    await expect(failing).rejects.toThrow(ProcessFailedError);
    await expect(failing).rejects.toThrow(/exit code 2: broken/);
  });
});

describe('signalGroup', () => {
  it('tells that a group is not there', () => {
    expect(signalGroup(2 ** 22 - 1, 0)).toBe(false);
  });
});
