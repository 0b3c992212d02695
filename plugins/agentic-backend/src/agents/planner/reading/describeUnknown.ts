import { findMeaning } from './findMeaning';
import { quoted } from './quoted';
import type { Token } from './tokenize';

interface Surroundings {
  readonly deploying: boolean;
  /** Words of a negation that is waiting for what it negates. */
  readonly negation: string | undefined;
}

/** What to ask about words that the vocabulary does not have, or the environment they stand for. */
export interface UnknownWords {
  readonly length: number;
  readonly words: string;
  readonly question: string;
  readonly options: string[];
  /** Set where the sentence says that it is one: "deploy to mars". */
  readonly environment?: string;
}

const isUnknown = (tokens: readonly Token[], at: number) =>
  tokens[at]?.kind === 'word' && !findMeaning(tokens, at);

/** Takes the unknown words at `at` together, so that they are asked about once. */
export function describeUnknown(
  tokens: readonly Token[],
  at: number,
  { deploying, negation }: Surroundings,
): UnknownWords {
  let end = at + 1;
  while (isUnknown(tokens, end)) end += 1;
  const words = tokens
    .slice(at, end)
    .map(token => token.text)
    .join(' ');
  const next = tokens[end]?.word;
  const before = tokens[at - 1]?.word;
  const length = end - at;
  const isEnvironment =
    next === 'environment' || next === 'env' || (deploying && before === 'to');
  if (isEnvironment && length === 1) {
    return { length, words, question: '', options: [], environment: words };
  }
  const options = ['leave it out'];
  const name = `${tokens[end - 1].word}-service`;
  const beforeNoun = findMeaning(tokens, end)?.meaning.kind === 'service';
  if (beforeNoun && /^[a-z][a-z0-9-]{2,31}$/.test(tokens[end - 1].word)) {
    options.push(`called ${tokens[end - 1].word}`, `called ${name}`);
  }
  const asked = negation ? `${negation} … ${words}` : words;
  return {
    length,
    words,
    question: `I do not know what ${quoted(asked)} asks for. What is it?`,
    options,
  };
}
