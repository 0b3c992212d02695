import type {
  Problem,
  Question,
} from '@agentic-backstage/plugin-agentic-common';
import { InputError } from '@backstage/errors';

/**
 * A request that cannot be carried out as it stands. Answered as 400 with every problem (field,
 * message, remedy) and every question, so that a form can show them where they belong.
 */
export class RequestRefused extends InputError {
  readonly problems: readonly Problem[];
  readonly questions: readonly Question[];

  constructor(
    problems: readonly Problem[],
    questions: readonly Question[] = [],
  ) {
    super(
      [
        ...problems.map(
          ({ field, message, remedy }) =>
            `${field}: ${asSentence(message)} ${asSentence(remedy)}`,
        ),
        ...questions.map(question => `${question.field}: ${question.question}`),
      ].join(' | ') || 'The request cannot be carried out',
    );
    this.problems = problems;
    this.questions = questions;
  }
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
