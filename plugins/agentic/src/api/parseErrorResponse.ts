import { AgenticRequestError } from './AgenticRequestError';

interface ErrorBody {
  error?: {
    name?: string;
    message?: string;
    problems?: AgenticRequestError['problems'];
    questions?: AgenticRequestError['questions'];
    plan?: AgenticRequestError['plan'];
  };
}

/** Turns an error answer into an {@link AgenticRequestError}; a body that is no JSON still gives one with the status. */
export async function parseErrorResponse(
  response: Response,
): Promise<AgenticRequestError> {
  const text = await response.text();
  let body: ErrorBody = {};
  try {
    body = JSON.parse(text) as ErrorBody;
  } catch {
    // A proxy in between answers HTML or plain text: the status line is all there is to say.
  }
  return new AgenticRequestError({
    name: body.error?.name ?? 'RequestError',
    message:
      body.error?.message ??
      `The agentic backend answered ${response.status} ${response.statusText}. Try again, or ask the operator of the portal.`,
    status: response.status,
    problems: body.error?.problems,
    questions: body.error?.questions,
    plan: body.error?.plan,
  });
}
