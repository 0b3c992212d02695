import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processIdentity } from './processIdentity';

describe('processIdentity', () => {
  it('is the same for the same process, and another for another', async () => {
    const child = spawn(process.execPath, [
      '-e',
      'setInterval(() => {}, 1000)',
    ]);
    const mine = processIdentity(process.pid);
    const theirs = processIdentity(child.pid!);
    expect(mine).toBeTruthy();
    expect(processIdentity(process.pid)).toBe(mine);
    expect(theirs).toBeTruthy();
    expect(theirs).not.toBe(mine);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(processIdentity(child.pid!)).toBeUndefined();
  });

  it.each([0, -1, 1.5, Number.NaN])('knows no process %d', pid => {
    expect(processIdentity(pid)).toBeUndefined();
  });
});
