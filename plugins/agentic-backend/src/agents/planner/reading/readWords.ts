import { TEMPLATE_ALIASES } from '@agentic-backstage/plugin-agentic-common';
import { readEnvironment } from './environmentNames';
import { findMeaning } from './findMeaning';
import { anEmptyReading, type Reading } from './Reading';
import { WordReader } from './WordReader';
import { readBareName } from './readBareName';
import { readBudget } from './readBudget';
import { readEnvironmentLabel, readTemplateLabel } from './readLabel';
import { readMarked } from './readMarked';
import { tokenize, type Token } from './tokenize';
import type { Meaning } from './Meaning';

/** Sentences that begin like this ask about something instead of asking for it. */
const INTERROGATIVES = new Set(
  'is are was were does did do why how what when where who which should has have had am may if whether unless'.split(
    ' ',
  ),
);

/** Kinds of word that a word in front of them describes. */
const NOUNS = new Set<Meaning['kind']>([
  'availability',
  'choice',
  'included',
  'service',
  'someDatabase',
  'unbuilt',
]);

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
      const noun = isEnvironmentNoun(tokens[at + 1]?.word);
      if (!noun && isAttribute(tokens, at)) {
        reader.askEnvironment(token.text, environment);
      } else {
        reader.takeChoice('environment', environment, token.text);
      }
      at += noun ? 2 : 1;
      continue;
    }
    const found = findMeaning(tokens, at);
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
    at = reader.takeUnknown(at);
  }
  reader.finish();
  return reading;
}

/** "Production monitoring" says what is monitored, not where to deploy. */
function isAttribute(tokens: readonly Token[], at: number): boolean {
  const kind = findMeaning(tokens, at + 1)?.meaning.kind;
  return kind !== undefined && NOUNS.has(kind);
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
  if (of === 'environment') {
    const label = readEnvironmentLabel(reader.tokens, next);
    if (label.value) reader.takeChoice(of, label.value, label.value);
    return label.next;
  }
  if (of === 'template') {
    const label = readTemplateLabel(reader.tokens, next);
    if (label.value) reader.takeTemplate(label.value);
    return label.next;
  }
  return readMarked(reader.tokens, next, of, phrase, reader.reading);
}
