import { SpecProblem } from './types';

/** Thrown when something cannot be rendered; carries every problem found, not only the first. */
export class ServiceSpecError extends Error {
  override readonly name = 'ServiceSpecError';
  readonly problems: readonly SpecProblem[];

  constructor(problems: readonly SpecProblem[]) {
    super(
      `The service cannot be rendered: ${problems
        .map(({ field, message, remedy }) => `${field} ${message}; ${remedy}`)
        .join('. ')}`,
    );
    this.problems = problems;
  }
}
