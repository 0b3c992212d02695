import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capLog, lastLines } from './serviceLog';

describe('the log of a service', () => {
  let file: string;

  beforeEach(() => {
    file = path.join(
      mkdtempSync(path.join(os.tmpdir(), 'agentic-log-test-')),
      'log',
    );
  });
  afterEach(() => rmSync(path.dirname(file), { recursive: true, force: true }));

  it('answers the last lines, also of a log larger than is read', async () => {
    expect(await lastLines(file, 5)).toEqual([]);
    appendFileSync(file, 'x'.repeat(600 * 1024));
    appendFileSync(file, '\none\ntwo\nthree\n');
    expect(await lastLines(file, 2)).toEqual(['two', 'three']);
  });

  it('starts anew when it is too large, keeping one older file', async () => {
    appendFileSync(file, 'first\n');
    expect(await capLog(file, 100)).toBe(false);
    appendFileSync(file, 'y'.repeat(200));
    expect(await capLog(file, 100)).toBe(true);
    appendFileSync(file, 'later\n');
    expect(readFileSync(file, 'utf8')).toBe('later\n');
    expect(readFileSync(`${file}.1`, 'utf8')).toMatch(/^first\ny+$/);
  });
});
