import { Problem, Question } from '@agentic-backstage/plugin-agentic-common';
import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';

const ErrorBody = z.object({
  error: z.object({
    message: z.string(),
    problems: z.array(Problem).catch([]).default([]),
    questions: z.array(Question).catch([]).default([]),
  }),
});

function explain({ error }: z.infer<typeof ErrorBody>): string {
  const lines = [
    ...error.problems.map(p => `${p.field}: ${p.message} ${p.remedy}`),
    ...error.questions.map(
      q =>
        `${q.field}: ${q.question}${
          q.options.length ? ` (${q.options.join(', ')})` : ''
        }`,
    ),
  ];
  return lines.length
    ? ['The request cannot be carried out as it stands.', ...lines].join('\n')
    : error.message;
}

/**
 * Turns a refusal of the API into an error to throw: `NotAllowedError` for 401 and 403, `InputError`
 * for every other 4xx, `ServiceUnavailableError` for the rest. Problems and questions of the planner
 * become lines that name their field.
 */
export async function errorFromResponse(response: Response): Promise<Error> {
  const text = await response.text();
  let message = `The agentic backend answered ${response.status} ${response.statusText}`;
  try {
    const body = ErrorBody.safeParse(JSON.parse(text));
    if (body.success) {
      message = explain(body.data);
    }
  } catch {
    // Not JSON, for example the page of a proxy: the status has to do.
  }
  if (response.status === 401 || response.status === 403) {
    return new NotAllowedError(message);
  }
  return response.status < 500
    ? new InputError(message)
    : new ServiceUnavailableError(message);
}
