import { TaskFailure } from '../TaskFailure';

/** The failure of a call for an effect that is not on record. */
export function neverProposed(agentId: string, key: string): TaskFailure {
  return new TaskFailure(
    `Agent '${agentId}' asks for effect '${key}', which it did not propose: no dry run is on record for it; propose it in plan()`,
    { retryable: false },
  );
}
