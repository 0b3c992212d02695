import { TEMPLATE_ALIASES } from '@agentic-backstage/plugin-agentic-common';
import { readEnvironment } from './environmentNames';
import { findMeaning } from './findMeaning';
import { anEmptyReading, type Reading } from './Reading';
import { WordReader } from './WordReader';
import { readBareName } from './readBareName';
import { readBudget } from './readBudget';
import { readMarked } from './readMarked';
import { tokenize } from './tokenize';

/** Sentences that begin like this ask about something instead of asking for it. */
const INTERROGATIVES = new Set(
  'is are was were does did do why how what when where who which should has have had am may if whether unless'.split(
    ' ',
  ),
);

/**
 * Reads free text with a closed vocabulary. A word it does not know becomes a question and a word
 * under a negation is never taken for the thing it names. Pure, and never fails.
 */
export function readWords(
  text: string,
  environments: readonly string[],
): Reading {
  const tokens = tokenize(text);
  const reading = anEmptyReading();
  const reader = new WordReader(tokens, reading);
  if (INTERROGATIVES.has(tokens.find(t => t.kind === 'word')?.word ?? '')) {
    reader.ask(
      'description',
      'Is this a question or a request? Say what to create, for example “Create a service called …”.',
    );
  }

  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token.kind === 'break') {
      reader.takeBreak(token.text);
      at += 1;
      continue;
    }
    const budget = readBudget(tokens, at);
    if (budget) {
      reader.takeBudget(budget);
      at += budget.length;
      continue;
    }
    if (Object.hasOwn(TEMPLATE_ALIASES, token.word)) {
      reader.takeTemplate(token.word);
      at += 1;
      continue;
    }
    const environment = readEnvironment(tokens, at, environments);
    if (environment) {
      reader.takeChoice('environment', environment, token.text);
      at += isEnvironmentNoun(tokens[at + 1]?.word) ? 2 : 1;
      continue;
    }
    const found = reader.isLanguageGo(at)
      ? ({
          meaning: { kind: 'choice', field: 'language', value: 'go' },
          length: 1,
        } as const)
      : findMeaning(tokens, at);
    if (found) {
      const { meaning, length } = found;
      const phrase = reader.phrase(at, length);
      const next = at + length;
      at =
        meaning.kind === 'marker'
          ? takeMarker(reader, meaning.of, next, phrase)
          : reader.take(meaning, next, phrase);
      continue;
    }
    const name = readBareName(tokens, at, reader.previousKind);
    if (name) {
      reader.takeName(name);
      at += 1;
      continue;
    }
    at = reader.takeUnknown(at, environments);
  }
  reader.finish();
  return reading;
}

function isEnvironmentNoun(word: string | undefined): boolean {
  return word === 'environment' || word === 'env';
}

function takeMarker(
  reader: WordReader,
  of: 'name' | 'owner' | 'port' | 'template' | 'description' | 'environment',
  next: number,
  phrase: string,
): number {
  reader.endNegationBefore(phrase);
  reader.previousKind = 'marker';
  if (of === 'environment') return reader.takeEnvironmentLabel(next);
  if (of === 'template') return reader.takeTemplateLabel(next);
  return readMarked(reader.tokens, next, of, phrase, reader.reading);
}
