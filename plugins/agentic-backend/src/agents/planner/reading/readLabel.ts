import { TEMPLATE_ALIASES } from '@agentic-backstage/plugin-agentic-common';
import { environmentOf } from './environmentNames';
import { findMeaning } from './findMeaning';
import type { Token } from './tokenize';

/** Where to read on after a label, and the value if it is one that nothing else would read. */
export interface LabelValue {
  readonly next: number;
  readonly value?: string;
}

/** Reads "template X"; where no word that could be an id follows, it is just a noun. */
export function readTemplateLabel(
  tokens: readonly Token[],
  from: number,
): LabelValue {
  const at = tokens[from]?.word === ':' ? from + 1 : from;
  const token = tokens[at];
  if (!token || token.kind === 'break') return { next: from };
  if (Object.hasOwn(TEMPLATE_ALIASES, token.word)) return { next: at };
  if (findMeaning(tokens, at)) return { next: from };
  return { next: at + 1, value: token.text };
}

/** Reads "environment: X"; without the colon it is just a noun. */
export function readEnvironmentLabel(
  tokens: readonly Token[],
  from: number,
): LabelValue {
  const label = tokens[from];
  const token = tokens[from + 1];
  if (!label || ![':', 'is'].includes(label.word)) return { next: from };
  // A known name is read like any other word; anything else is an environment nobody has.
  if (!token || token.kind === 'break' || environmentOf(token.word, [])) {
    return { next: from };
  }
  return { next: from + 2, value: token.text };
}

/** Reads "database: X"; `isNone` for "database: none". Undefined where it is not a label. */
export function readDatabaseLabel(
  tokens: readonly Token[],
  from: number,
): { readonly next: number; readonly isNone: boolean } | undefined {
  if (![':', 'is', '='].includes(tokens[from]?.word ?? '')) return undefined;
  const word = tokens[from + 1]?.word;
  if (word === 'none' || word === 'no') return { next: from + 2, isNone: true };
  const found = findMeaning(tokens, from + 1)?.meaning;
  return found?.kind === 'choice' && found.field === 'database'
    ? { next: from + 1, isNone: false }
    : undefined;
}
