import { findMeaning } from './findMeaning';
import { quoted } from './quoted';
import type { Reading } from './Reading';
import type { Token } from './tokenize';

/** Words between a marker and its value: "the name should be the …". */
const BETWEEN = new Set([':', '=', 'is', 'should', 'be', 'will', 'number']);
const ARTICLES = new Set(['the', 'a', 'an', 'our', 'my']);
const TEAM = new Set(['team', 'group']);

/** The kinds of value that a marker such as "called" or "owned by" announces. */
export type MarkedValue = 'name' | 'owner' | 'port' | 'description';

interface Value {
  readonly text: string;
  /** Index of the first token after the value. */
  readonly next: number;
}

const isBreak = (token: Token | undefined) =>
  token === undefined || (token.kind === 'break' && !BETWEEN.has(token.word));

function valueAfter(
  tokens: readonly Token[],
  from: number,
  skipped: readonly ReadonlySet<string>[],
): Value | undefined {
  const isSkipped = (candidate: number) => {
    const token = tokens[candidate];
    if (!token || token.quotation || isBreak(tokens[candidate + 1])) {
      return false;
    }
    return skipped.some(words => words.has(token.word));
  };
  let at = from;
  while (isSkipped(at)) at += 1;
  const token = tokens[at];
  if (isBreak(token) || token.kind === 'break') return undefined;
  if (token.quotation) {
    const { text, words } = token.quotation;
    return { text, next: at + words };
  }
  return { text: token.text, next: at + 1 };
}

/** A word that cannot be a value, because it goes on with the sentence. */
function goesOn(tokens: readonly Token[], value: Value): boolean {
  const token = tokens[value.next - 1];
  if (token?.quotation || token?.text !== value.text) return false;
  const kind = findMeaning(tokens, value.next - 1)?.meaning.kind;
  return (
    kind === 'filler' ||
    kind === 'negation' ||
    kind === 'marker' ||
    kind === 'or'
  );
}

/** Reads the value after a marker into the reading, or asks for it; answers where to read on. */
export function readMarked(
  tokens: readonly Token[],
  from: number,
  of: MarkedValue,
  marker: string,
  reading: Reading,
): number {
  const skipped =
    of === 'owner' ? [BETWEEN, ARTICLES, TEAM] : [BETWEEN, ARTICLES];
  const value = valueAfter(tokens, from, skipped);
  if (!value || goesOn(tokens, value)) {
    reading.questions.push({
      field: 'description',
      question: `What comes after ${quoted(marker)}?`,
      options: [],
    });
    return from;
  }
  const words = `${marker} ${value.text}`;
  switch (of) {
    case 'name':
      reading.names.push({ value: value.text, words });
      return value.next;
    case 'owner': {
      reading.owners.push({ value: value.text, words });
      const team = tokens[value.next];
      return team && TEAM.has(team.word) ? value.next + 1 : value.next;
    }
    case 'description':
      return readDescription(tokens, from, value, reading, words);
    default:
      return readPort(value, reading, words);
  }
}

function readDescription(
  tokens: readonly Token[],
  from: number,
  value: Value,
  reading: Reading,
  words: string,
): number {
  const inQuotes = tokens
    .slice(from, value.next)
    .some(token => token.quotation?.text === value.text);
  if (inQuotes) {
    reading.descriptions.push({ value: value.text, words });
    return value.next;
  }
  reading.questions.push({
    field: 'description',
    question:
      'Where does the description of the service end? Put it in quotation marks.',
    options: [],
  });
  return value.next;
}

function readPort(value: Value, reading: Reading, words: string): number {
  if (/^\d{1,9}$/.test(value.text)) {
    reading.ports.push({ value: Number(value.text), words });
  } else {
    reading.questions.push({
      field: 'parameters.port',
      question: `Which port is ${quoted(
        value.text,
      )}? A port is a number from 1024 to 65535.`,
      options: ['8080'],
    });
  }
  return value.next;
}
