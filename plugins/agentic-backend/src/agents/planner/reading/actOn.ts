import type { Meaning } from './Meaning';
import type { Reading } from './Reading';
import { alwaysIncluded, notBuilt } from './wordProblems';

/** What to write down when a thing is wanted and when it is ruled out. */
export interface ActOn {
  readonly wanted: () => void;
  readonly excluded: () => void;
}

/** A quality or part that a service has, cannot have, or can have or not. */
export type Part = Extract<
  Meaning,
  { kind: 'availability' | 'included' | 'unbuilt' }
>;

/** How a part is written down. */
export function actOn(part: Part, words: string, reading: Reading): ActOn {
  const { availability, included, problems } = reading;
  switch (part.kind) {
    case 'availability':
      return {
        wanted: () => availability.push({ value: part.high, words }),
        excluded: () => availability.push({ value: !part.high, words }),
      };
    case 'included':
      return {
        wanted: () => included.push({ value: part.thing, words }),
        excluded: () => problems.push(alwaysIncluded(part.thing, words)),
      };
    default:
      return {
        wanted: () => problems.push(notBuilt(part.category, words)),
        // What cannot be had is not missed.
        excluded: () => {},
      };
  }
}

/** Takes back what was written down last; false where the thing is not one that can be taken back. */
export function withdraw(meaning: Meaning, reading: Reading): boolean {
  switch (meaning.kind) {
    case 'choice':
      return reading.wanted.pop() !== undefined;
    case 'availability':
      return reading.availability.pop() !== undefined;
    case 'unbuilt':
      return reading.problems.pop() !== undefined;
    case 'someDatabase':
      if (!reading.someDatabase) return false;
      reading.someDatabase = undefined;
      return true;
    default:
      return false;
  }
}
