/**
 * Why a task cannot go on. `retryable` is decided here, where the reason is known: a refusal stays a
 * refusal however often it is tried, an outage may pass.
 */
export class TaskFailure extends Error {
  readonly retryable: boolean;
  /** A person said no: the workflow is cancelled, not failed. */
  readonly rejected: boolean;
  /** The id of the gate that refused a call, when that is the reason. */
  readonly gate: string | undefined;

  constructor(
    message: string,
    options: {
      retryable: boolean;
      rejected?: boolean;
      gate?: string;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = 'TaskFailure';
    this.retryable = options.retryable;
    this.gate = options.gate;
    this.rejected = options.rejected ?? false;
  }
}

const REFUSALS = new Set([
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'NotImplementedError',
  'ZodError',
]);

/** Sorts any error: the names of Backstage's errors that say "no" are final, everything else may pass. */
export function toTaskFailure(error: unknown): TaskFailure {
  if (error instanceof TaskFailure) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const name = error instanceof Error ? error.name : 'Error';
  return new TaskFailure(message, {
    retryable: !REFUSALS.has(name),
    cause: error,
  });
}
