import type { AuditEntry } from '@agentic-backstage/plugin-agentic-common';
import { toCell, toCsv, toNdjson } from './exportLines';

async function* entries(): AsyncGenerator<AuditEntry> {
  yield {
    chain: 'wf-1',
    seq: 1,
    kind: 'request.received',
    actor: '=cmd|calc',
    subject: 'workflow:wf-1',
    at: '2026-11-21T10:00:00.000Z',
    payloadDigest: 'd',
    previous: 'p',
    hash: 'h',
    payload: { salt: 's', value: { text: 'a "b",\nc' } },
  };
}

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const line of lines) text += line;
  return text;
}

describe('toCell', () => {
  it.each([
    ['plain', '"plain"'],
    ['with "quotes", and more', '"with ""quotes"", and more"'],
    ['=1+1', '"\'=1+1"'],
    ['+1', '"\'+1"'],
    ['-1', '"\'-1"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    ['\t=1', '"\'\t=1"'],
    ['  =1', '"\'  =1"'],
    ['\r=1', '"\'\r=1"'],
    [42, '"42"'],
    ['', '""'],
  ])('writes %j so that no spreadsheet runs it', (value, cell) => {
    expect(toCell(value)).toBe(cell);
  });
});

describe('toCsv', () => {
  it('writes a header and a line for each entry', async () => {
    const [header, line] = (await textOf(toCsv(entries()))).split('\r\n');
    expect(header).toContain('"kind","actor"');
    expect(line).toContain('"request.received","\'=cmd|calc"');
    expect(line).toContain('""text"":""a \\""b\\"",\\nc""');
  });
});

describe('toNdjson', () => {
  it('writes one JSON object to a line', async () => {
    const text = await textOf(toNdjson(entries()));
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(text)).toMatchObject({ chain: 'wf-1', seq: 1 });
  });
});
