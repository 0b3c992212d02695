import { diffRows } from './diffRows';

const compact = (before: string, after: string) =>
  diffRows(before, after).map(
    row => `${row.before ?? '.'} ${row.after ?? '.'} ${row.kind} ${row.text}`,
  );

describe('diffRows', () => {
  it.each([
    { fact: 'same text', before: 'a\n', after: 'a\n', rows: ['1 1 same a'] },
    { fact: 'nothing at all', before: '', after: '', rows: [] },
    {
      fact: 'a changed line',
      before: 'a\nb\nc\n',
      after: 'a\nB\nc\n',
      rows: ['1 1 same a', '2 . removed b', '. 2 added B', '3 3 same c'],
    },
    {
      fact: 'a line put in front',
      before: 'a\n',
      after: 'x\na\n',
      rows: ['. 1 added x', '1 2 same a'],
    },
    {
      fact: 'everything removed',
      before: 'a\n\nb\n',
      after: '',
      rows: ['1 . removed a', '2 . removed ', '3 . removed b'],
    },
  ])('numbers the lines of $fact', ({ before, after, rows }) => {
    expect(compact(before, after)).toEqual(rows);
  });
});
