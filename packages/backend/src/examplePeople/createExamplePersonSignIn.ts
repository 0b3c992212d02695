import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { SignInResolver } from '@backstage/plugin-auth-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExamplePerson } from './readExamplePeople';

const PAUSE_MS = 500;

/**
 * Issues a token for the person's catalog user, owning what the user and its groups own. A portal
 * that has just started reads its people a few seconds later than it answers, so a person who is
 * not there yet is waited for, by default ten seconds.
 */
export function createExamplePersonSignIn(
  options: { patienceMs?: number } = {},
): SignInResolver<ExamplePerson> {
  const { patienceMs = 10_000 } = options;
  return async ({ result: person }, context) => {
    const end = Date.now() + patienceMs;
    for (;;) {
      try {
        return await context.signInWithCatalogUser({
          entityRef: person.entityRef,
        });
      } catch (error) {
        if (!isError(error) || error.name !== 'NotFoundError') {
          throw error;
        }
        if (Date.now() >= end) {
          throw new ServiceUnavailableError(
            `${person.entityRef} is not in the catalog: if the portal has just started, try again in a few seconds; otherwise check that examples/org.yaml is among catalog.locations`,
          );
        }
        await sleep(Math.min(PAUSE_MS, Math.max(1, end - Date.now())));
      }
    }
  };
}
