import { quoted } from '../reading/quoted';
import type { Mention } from '../reading/Reading';
import type { Obstacles, Origin } from '../schema';

/** A value that is decided, and why. */
export interface Settled<Value> {
  readonly value: Value;
  readonly origin: Origin;
  /** The words of the request, where it came from them. */
  readonly words?: string;
}

/** Everything a request says about one field. */
export interface Statements<Value> {
  /** The field's name in the form. */
  readonly field: string;
  /** What people call the field. */
  readonly title: string;
  readonly form: Value | undefined;
  readonly words: readonly Mention<Value>[];
  readonly excluded?: readonly Mention<Value>[];
  readonly show?: (value: Value) => string;
}

const unique = <Value>(mentions: readonly Mention<Value>[]) => [
  ...new Map(mentions.map(mention => [mention.value, mention])).values(),
];

/**
 * Decides a field: the form wins over the words; where the two disagree, or the words disagree
 * with themselves, it is a problem or a question. Undefined when nothing is said or decided.
 */
export function settle<Value>(
  statements: Statements<Value>,
  obstacles: Obstacles,
): Settled<Value> | undefined {
  const { field, title, form, excluded = [] } = statements;
  const show = statements.show ?? String;
  const words = unique(statements.words);
  if (form !== undefined) {
    const against = excluded.find(mention => mention.value === form);
    const others = words.filter(mention => mention.value !== form);
    const other = words.length === others.length ? others[0] : undefined;
    const conflict = against ?? other;
    if (conflict) {
      obstacles.problems.push({
        field: `parameters.${field}`,
        message: `the form says ${title} ${quoted(
          show(form),
        )} and the words say ${against ? 'not ' : ''}${quoted(conflict.words)}`,
        remedy: 'Change one of them, so that they agree.',
      });
      return undefined;
    }
    return { value: form, origin: 'form' };
  }
  if (words.length > 1) {
    obstacles.questions.push({
      field: `parameters.${field}`,
      question: `The request names more than one ${title}: ${words
        .map(mention => quoted(mention.words))
        .join(' and ')}. Which one shall it be?`,
      options: words.map(mention => show(mention.value)),
    });
    return undefined;
  }
  const [only] = words;
  if (!only) return undefined;
  const against = excluded.find(mention => mention.value === only.value);
  if (against) {
    obstacles.questions.push({
      field: `parameters.${field}`,
      question: `The request asks for ${quoted(
        only.words,
      )} and also rules it out. Which is right?`,
      options: [show(only.value), `not ${show(only.value)}`],
    });
    return undefined;
  }
  return { value: only.value, origin: 'words', words: only.words };
}
