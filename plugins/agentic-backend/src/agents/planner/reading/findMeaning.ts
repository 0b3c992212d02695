import type { Meaning, VocabularyRow } from './Meaning';
import { requestVocabulary } from './requestVocabulary';
import { technologyVocabulary } from './technologyVocabulary';
import type { Token } from './tokenize';

/** A phrase that the vocabulary knows, found at the start of some words. */
export interface FoundMeaning {
  readonly meaning: Meaning;
  readonly length: number;
}

function indexOf(rows: readonly VocabularyRow[]): Map<string, Meaning> {
  const index = new Map<string, Meaning>();
  for (const [meaning, phrases] of rows) {
    for (const phrase of phrases.split('|')) index.set(phrase, meaning);
  }
  return index;
}

const index = indexOf([...requestVocabulary, ...technologyVocabulary]);
const longest = Math.max(
  ...[...index.keys()].map(phrase => phrase.split(' ').length),
);
/** "PostgreSQL-backed" says no more than "PostgreSQL". */
const SUFFIX = /^(.+)-(?:backed|based|powered)$/;

const BEFORE_GO = new Set([
  'in',
  'using',
  'with',
  'language',
  ':',
  'not',
  'no',
]);

/** What a phrase means on its own, or undefined when the vocabulary does not have it. */
export function meaningOf(phrase: string): Meaning | undefined {
  return index.get(phrase) ?? index.get(SUFFIX.exec(phrase)?.[1] ?? '');
}

/** The longest phrase of the vocabulary that starts at `at`; it never reaches over a break or a quotation. */
export function findMeaning(
  tokens: readonly Token[],
  at: number,
): FoundMeaning | undefined {
  let phrase = '';
  let found: FoundMeaning | undefined;
  for (let length = 1; length <= longest; length += 1) {
    const token = tokens[at + length - 1];
    if (!token || token.kind === 'break') break;
    phrase = length === 1 ? token.word : `${phrase} ${token.word}`;
    const meaning = meaningOf(phrase);
    if (meaning) found = { meaning, length };
  }
  return found ?? languageGo(tokens, at);
}

/** "Go" is a language only where the sentence says so: "in Go", "a Go service". */
function languageGo(
  tokens: readonly Token[],
  at: number,
): FoundMeaning | undefined {
  if (tokens[at]?.word !== 'go') return undefined;
  const named = BEFORE_GO.has(tokens[at - 1]?.word ?? '');
  const next = meaningOf(tokens[at + 1]?.word ?? '')?.kind;
  if (!named && next !== 'service' && next !== 'choice') return undefined;
  return {
    meaning: { kind: 'choice', field: 'language', value: 'go' },
    length: 1,
  };
}
