import fc from 'fast-check';
import { sampleRecord } from './__testUtils__/sampleRecord';
import { appendEntry, emptyRecord } from './appendEntry';
import { canonicalJson } from './canonicalJson';
import type { ChangeEntry, ChangeRecord, Payload } from './ChangeRecord';
import { erasePayloads } from './erasePayloads';
import { hashOfEntry } from './hashOfEntry';
import { parseRecord } from './parseRecord';
import { verifyRecord } from './verifyRecord';

const record = sampleRecord();

function withEntries(entries: readonly ChangeEntry[]): ChangeRecord {
  const last = entries[entries.length - 1];
  return { ...record, entries, head: { seq: last.seq, hash: last.hash } };
}

/** What somebody does who knows the format and repairs the hashes of what they have changed. */
function changedAndHashed(seq: number): ChangeRecord {
  return withEntries(
    record.entries.map(entry => {
      const changed = { ...entry, actor: 'user:default/eve' };
      return entry.seq === seq
        ? { ...changed, hash: hashOfEntry(record.chain, changed) }
        : entry;
    }),
  );
}

function withoutPayload(seq: number): Record<string, Payload> {
  const { [seq]: _gone, ...rest } = record.payloads;
  return rest;
}

const [one, two, three, four, five] = record.entries;
const erased = erasePayloads(record, [1, 3], {
  actor: 'user:default/dpo',
  at: '2026-11-22T09:00:00.000Z',
  reason: 'asked for by the person',
});

describe('verifyRecord', () => {
  it('finds nothing wrong in a record that is as it was made', () => {
    expect(verifyRecord(record, { head: record.head, chain: 'wf-1' })).toEqual({
      status: 'intact',
      chain: 'wf-1',
      head: record.head,
      entries: 5,
      erasedPayloads: 0,
      problems: [],
    });
    expect(verifyRecord(emptyRecord('wf-2')).status).toBe('intact');
  });

  it.each<[string, ChangeRecord, Array<[string, number | undefined]>]>([
    [
      'an entry was changed',
      withEntries([
        one,
        { ...two, actor: 'user:default/eve' },
        three,
        four,
        five,
      ]),
      [['changed_entry', 2]],
    ],
    [
      'an entry was changed and given the hash of its new content',
      changedAndHashed(2),
      [['broken_link', 3]],
    ],
    [
      'an entry was taken out',
      withEntries([one, two, four, five]),
      [
        ['missing_entry', 4],
        ['stray_payload', 3],
      ],
    ],
    [
      'two entries were exchanged',
      withEntries([one, three, two, four, five]),
      [
        ['missing_entry', 3],
        ['out_of_order', 2],
        ['missing_entry', 4],
      ],
    ],
    [
      'an entry was put in twice',
      withEntries([one, two, two, three, four, five]),
      [['out_of_order', 2]],
    ],
    [
      'the end was cut off and the head left',
      { ...record, entries: [one, two, three, four] },
      [
        ['stray_payload', 5],
        ['wrong_head', undefined],
      ],
    ],
    [
      'a payload was changed',
      {
        ...record,
        payloads: {
          ...record.payloads,
          3: { salt: '2'.repeat(32), value: { reason: 'no' } },
        },
      },
      [['changed_payload', 3]],
    ],
    [
      'a payload was taken away',
      { ...record, payloads: withoutPayload(4) },
      [['missing_payload', 4]],
    ],
    [
      'a payload was made to look erased',
      {
        ...record,
        payloads: {
          ...record.payloads,
          3: { erased: { at: five.at, reason: 'retention', entry: 5 } },
        },
      },
      [['unexplained_erasing', 3]],
    ],
    [
      'another payload hides behind an erasing that is on record',
      {
        ...erased,
        payloads: { ...erased.payloads, 4: erased.payloads[3] },
      },
      [['unexplained_erasing', 4]],
    ],
    [
      'it is put under another chain',
      { ...record, chain: 'wf-9' },
      [1, 2, 3, 4, 5].map(seq => ['changed_entry', seq]),
    ],
  ])('says which entry and why when %s', (_, tampered, expected) => {
    const { status, problems } = verifyRecord(tampered);
    expect(status).toBe('broken');
    expect(problems.map(({ code, seq }) => [code, seq])).toEqual(expected);
  });

  it.each([
    [0, false],
    [1, false],
    [4, false],
    [5, true],
  ])(
    'finds with a head from elsewhere that only %i entries are left',
    (count, whole) => {
      const left = record.entries.slice(0, count).reduce<ChangeRecord>(
        (shorter, entry) => ({
          ...shorter,
          entries: [...shorter.entries, entry],
          payloads: {
            ...shorter.payloads,
            [entry.seq]: record.payloads[entry.seq],
          },
          head: { seq: entry.seq, hash: entry.hash },
        }),
        emptyRecord('wf-1'),
      );
      expect(verifyRecord(left).status).toBe('intact');
      expect(
        verifyRecord(left, { head: record.head }).status === 'intact',
      ).toBe(whole);
    },
  );

  it('accepts a record that has grown since its head was noted, and refuses one written anew', () => {
    const longer = appendEntry(record, {
      kind: 'workflow.ended',
      actor: 'system',
      subject: 'workflow:wf-1',
      at: '2026-11-21T11:00:00.000Z',
      payload: {},
    });
    expect(verifyRecord(longer, { head: record.head }).status).toBe('intact');
    const rewritten = sampleRecord().entries.reduce<ChangeRecord>(
      (anew, { kind, subject, at }) =>
        appendEntry(anew, {
          kind,
          subject,
          at,
          actor: 'user:default/eve',
          payload: {},
        }),
      emptyRecord('wf-1'),
    );
    expect(verifyRecord(rewritten).status).toBe('intact');
    expect(
      verifyRecord(rewritten, { head: record.head }).problems[0].code,
    ).toBe('wrong_head');
  });

  it('stays intact when payloads are erased on record', () => {
    const outcome = verifyRecord(erased, { head: record.head });
    expect(outcome.problems).toEqual([]);
    expect(outcome.erasedPayloads).toBe(2);
    expect(JSON.stringify(erased)).not.toContain('ära');
  });

  it.each([[[9]], [[1]], [[6]]])(
    'refuses to erase entries %j of what was erased before',
    seqs => {
      expect(() =>
        erasePayloads(erased, seqs, { actor: 'a', at: 'b', reason: 'c' }),
      ).toThrow(RangeError);
    },
  );
});

/** Whether a tampered text is found: not readable, broken, or the same value written otherwise. */
function isFound(text: string, original: ChangeRecord): boolean {
  try {
    const read = parseRecord(text);
    return (
      verifyRecord(read).status === 'broken' ||
      canonicalJson(read) === canonicalJson(original)
    );
  } catch {
    return true;
  }
}

const anyRecord = fc
  .array(
    fc.record({
      kind: fc.constantFrom('request.received', 'effect.begun', 'task.settled'),
      actor: fc.string({ maxLength: 12 }),
      subject: fc.string({ maxLength: 12, unit: 'binary' }),
      payload: fc.jsonValue({ maxDepth: 2 }),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map(entries =>
    entries.reduce<ChangeRecord>(
      (made, entry) =>
        appendEntry(made, { ...entry, at: '2026-11-21T10:00:00.000Z' }),
      emptyRecord('wf-1'),
    ),
  );

describe('any tampering with any record', () => {
  it('is found when one byte of the file is another', () => {
    expect(() =>
      fc.assert(
        fc.property(
          fc.oneof(anyRecord, fc.constant(erased)),
          fc.nat(),
          fc.integer({ min: 1, max: 255 }),
          (original, where, mask) => {
            const bytes = Buffer.from(JSON.stringify(original));
            bytes[where % bytes.length] =
              (bytes[where % bytes.length] + mask) % 256;
            return isFound(bytes.toString('utf8'), original);
          },
        ),
        { numRuns: 5000 },
      ),
    ).not.toThrow();
  });

  it('is found at every single byte of one record, for eight other values', () => {
    const bytes = Buffer.from(JSON.stringify(erased));
    const missed: string[] = [];
    let looked = 0;
    for (let index = 0; index < bytes.length; index++) {
      const before = bytes[index];
      for (let bit = 1; bit < 256; bit *= 2) {
        bytes[index] = (before + bit) % 256;
        if (!isFound(bytes.toString('utf8'), erased)) {
          missed.push(`byte ${index}: ${before} became ${bytes[index]}`);
        }
        looked++;
      }
      bytes[index] = before;
    }
    expect(missed).toEqual([]);
    expect(looked).toBeGreaterThan(10_000);
  });

  it('is found when entries change places, also with their payloads and numbers', () => {
    expect(() =>
      fc.assert(
        fc.property(
          anyRecord,
          fc.nat(),
          fc.nat(),
          fc.boolean(),
          (original, from, to, renumbered) => {
            const entries = [...original.entries];
            const a = from % entries.length;
            const b = to % entries.length;
            fc.pre(a !== b);
            [entries[a], entries[b]] = [entries[b], entries[a]];
            const moved = renumbered
              ? entries.map((entry, index) => ({ ...entry, seq: index + 1 }))
              : entries;
            return (
              verifyRecord({ ...original, entries: moved }).status === 'broken'
            );
          },
        ),
        { numRuns: 2000 },
      ),
    ).not.toThrow();
  });

  it('is found when entries are dropped, with the head from elsewhere wherever they stood', () => {
    expect(() =>
      fc.assert(
        fc.property(
          anyRecord,
          fc.nat(),
          fc.nat({ max: 3 }),
          (original, from, count) => {
            const start = from % original.entries.length;
            const entries = original.entries.filter(
              (_, index) => index < start || index > start + count,
            );
            const last = entries[entries.length - 1];
            const shorter = {
              ...original,
              entries,
              payloads: Object.fromEntries(
                entries.map(({ seq }) => [seq, original.payloads[seq]]),
              ),
              head: last
                ? { seq: last.seq, hash: last.hash }
                : emptyRecord('').head,
            };
            return (
              verifyRecord(shorter, { head: original.head }).status === 'broken'
            );
          },
        ),
        { numRuns: 2000 },
      ),
    ).not.toThrow();
  });
});
