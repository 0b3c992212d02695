import { diffLines } from 'diff';

/** One line of a comparison with its number on the side or sides where it stands. */
export interface DiffRow {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before?: number;
  readonly after?: number;
}

/** Splits text into lines without inventing an empty one after the last line break. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') {
    lines.pop();
  }
  return lines;
}

/** Compares two versions of a file line by line. */
export function diffRows(before: string, after: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let left = 0;
  let right = 0;
  for (const part of diffLines(before, after)) {
    for (const text of linesOf(part.value)) {
      if (part.added) {
        right += 1;
        rows.push({ kind: 'added', text, after: right });
      } else if (part.removed) {
        left += 1;
        rows.push({ kind: 'removed', text, before: left });
      } else {
        left += 1;
        right += 1;
        rows.push({ kind: 'same', text, before: left, after: right });
      }
    }
  }
  return rows;
}
