import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleRecord } from './__testUtils__/sampleRecord';
import { erasePayloads } from './erasePayloads';

jest.setTimeout(60_000);

const record = sampleRecord();
const text = JSON.stringify(record);
const { seq, hash } = record.head;

describe('agentic-verify', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'agentic-verify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(json: string, ...args: string[]) {
    const file = path.join(folder, 'record.json');
    writeFileSync(file, json);
    return spawnSync(
      process.execPath,
      [path.join(__dirname, '../bin/agentic-verify'), file, ...args],
      { encoding: 'utf8' },
    );
  }

  it.each<[string, string, string[], number, string]>([
    ['an intact record', text, [], 0, "INTACT: 'wf-1', 5 entries"],
    [
      'its head from elsewhere',
      text,
      ['--head', `${seq}:${hash}`, '--chain', 'wf-1'],
      0,
      `head ${seq}:${hash}`,
    ],
    [
      'an erased payload',
      JSON.stringify(
        erasePayloads(record, [1], { actor: 'a', at: 'b', reason: 'c' }),
      ),
      [],
      0,
      '1 payload erased on record',
    ],
    [
      'a changed actor',
      text.replace('user:default/ben', 'user:default/eve'),
      [],
      1,
      'Entry 3 (approval.signed) is not what was recorded',
    ],
    [
      'an end that was cut off',
      text,
      ['--head', `9:${hash}`],
      1,
      'the end was cut off',
    ],
    ['another chain', text, ['--chain', 'wf-2'], 1, "not of 'wf-2'"],
    ['another document', '{"a":1}', [], 2, 'NOT CHECKED: record has a field'],
    ['a head that is none', text, ['--head', 'x'], 2, 'NOT CHECKED: --head'],
    ['an option it does not know', text, ['--fix'], 2, 'NOT CHECKED'],
  ])('answers for %s', (_, json, args, status, words) => {
    const outcome = run(json, ...args);
    expect(outcome.stdout + outcome.stderr).toContain(words);
    expect(outcome.status).toBe(status);
  });

  it('gives the whole outcome as JSON', () => {
    const outcome = run(text, '--json');
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      status: 'intact',
      head: record.head,
    });
  });
});
