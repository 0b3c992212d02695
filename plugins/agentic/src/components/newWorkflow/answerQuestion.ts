import type { Question } from '@agentic-backstage/plugin-agentic-common';
import { fieldName, type FormValues } from './requestForm';

/** A request as it is being written: the words and the form beside them. */
export interface Draft {
  readonly description: string;
  readonly values: FormValues;
  readonly changeReason: string;
}

const LEAVE_OUT = 'leave it out';

/** Answers that are said in words, not filled into a field. */
const PHRASE = /^(called|create|deploy to|not) /;

/** The words a question is about, as they stand in the request; undefined when it quotes several or none. */
function quotedWords(question: Question, description: string) {
  const quotes = [...question.question.matchAll(/“([^”]+)”/g)];
  if (quotes.length !== 1) {
    return undefined;
  }
  // A negation is quoted with what it negates, as “without … cache”.
  const words = quotes[0][1].split(' … ').pop() ?? '';
  return description.includes(words) ? words : undefined;
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;])/g, '$1')
    .replace(/([,.;])[,.;]+/g, '$1')
    .trim();
}

function append(text: string, phrase: string): string {
  const before = text.replace(/[\s,.;]+$/, '');
  return before === '' ? phrase : `${before}, ${phrase}`;
}

/** The request without these words, where they stand in it. */
export function takeOut(description: string, words: string): string {
  return tidy(description.replace(words, ' '));
}

/** Says whether the question can be answered beside the text, or only by writing the text anew. */
export function isAnswerable(question: Question): boolean {
  return question.options.length > 0 || question.field !== 'description';
}

/** Carries an answer into the request, so that the planner does not have to ask the same again. */
export function answerQuestion(
  draft: Draft,
  question: Question,
  answer: string,
): Draft {
  const words = quotedWords(question, draft.description);
  const name = fieldName(question.field);
  const isPhrase =
    name === 'description' || answer === LEAVE_OUT || PHRASE.test(answer);
  if (isPhrase) {
    const without = words
      ? takeOut(draft.description, words)
      : draft.description;
    return {
      ...draft,
      description: answer === LEAVE_OUT ? without : append(without, answer),
    };
  }
  return {
    ...draft,
    // A number that was written in letters stays unreadable until it is replaced.
    description:
      name === 'port' && words
        ? draft.description.replace(words, answer)
        : draft.description,
    values: { ...draft.values, [name]: answer },
  };
}
