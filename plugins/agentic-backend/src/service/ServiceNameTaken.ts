import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import { ConflictError } from '@backstage/errors';

/**
 * Another workflow holds the name of the service. Neither the message nor anything that is sent along
 * says which: not everybody who wants the name may know. Who may is told by the route.
 */
export class ServiceNameTaken extends ConflictError {
  readonly problems: readonly Problem[];
  readonly #workflowId: string;

  constructor(serviceName: string, workflowId: string) {
    const problem: Problem = {
      field: 'parameters.serviceName',
      message: `A service named '${serviceName}' exists already or is being created.`,
      remedy: 'Choose another name.',
    };
    super(`${problem.message} ${problem.remedy}`);
    this.problems = [problem];
    this.#workflowId = workflowId;
  }

  /** The workflow that holds the name. */
  get workflowId(): string {
    return this.#workflowId;
  }

  /** The same for somebody who may see that workflow. */
  naming(): ConflictError {
    const [problem] = this.problems;
    const named: Problem = {
      ...problem,
      remedy: `Choose another name, or open workflow '${this.#workflowId}'.`,
    };
    return Object.assign(
      new ConflictError(`${named.message} ${named.remedy}`),
      { problems: [named] },
    );
  }
}
