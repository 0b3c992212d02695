import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { SignInResolver } from '@backstage/plugin-auth-node';
import type { ExamplePerson } from './readExamplePeople';

/** Issues a token for the person's catalog user, owning what the user and its groups own. */
export const signInExamplePerson: SignInResolver<ExamplePerson> = async (
  { result: person },
  context,
) => {
  try {
    return await context.signInWithCatalogUser({ entityRef: person.entityRef });
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      throw new ServiceUnavailableError(
        `${person.entityRef} is not in the catalog: if the portal has just started, try again in a few seconds; otherwise check that examples/org.yaml is among catalog.locations`,
      );
    }
    throw error;
  }
};
