import type {
  Plan,
  Problem,
  Question,
} from '@agentic-backstage/plugin-agentic-common';

/** What a failed request means to the person in front of the page. */
export type FailureKind =
  | 'denied'
  | 'missing'
  | 'invalid'
  | 'conflict'
  | 'failed';

/** The parts of an error answer of the agentic backend that a page acts on. */
export interface AgenticRequestErrorOptions {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly problems?: readonly Problem[];
  readonly questions?: readonly Question[];
  /** The plan as it is now, where it is not the one that was shown. */
  readonly plan?: Plan;
}

/** A request that the agentic backend answered with an error; carries its problems, questions and, where another plan was shown, the plan. */
export class AgenticRequestError extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly questions: readonly Question[];
  readonly plan: Plan | undefined;

  constructor(options: AgenticRequestErrorOptions) {
    super(options.message);
    this.name = options.name;
    this.status = options.status;
    this.problems = options.problems ?? [];
    this.questions = options.questions ?? [];
    this.plan = options.plan;
  }

  get kind(): FailureKind {
    switch (this.status) {
      case 400:
      case 413:
      case 422:
        return 'invalid';
      case 401:
      case 403:
        return 'denied';
      case 404:
        return 'missing';
      case 409:
        return 'conflict';
      default:
        return 'failed';
    }
  }
}

/** Sorts any thrown value; what did not come from the backend as an answer has simply failed. */
export function failureKind(error: unknown): FailureKind {
  return error instanceof AgenticRequestError ? error.kind : 'failed';
}
