import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError, NotAllowedError } from '@backstage/errors';

/** Somebody of the example company whom anybody may sign in as. */
export interface ExamplePerson {
  /** Full entity ref, lower case, for example `user:default/ada.reyes`. */
  readonly entityRef: string;
  readonly name: string;
  readonly title: string;
}

const key = 'agentic.examplePeople';

/**
 * Reads `agentic.examplePeople`. Throws with the remedy when people are configured in production,
 * when one is not a user, or when one is listed twice.
 */
export function readExamplePeople(
  config: Config,
  nodeEnvironment: string | undefined,
): ExamplePerson[] {
  const entries = config.getOptionalConfigArray(key) ?? [];
  if (entries.length > 0 && nodeEnvironment === 'production') {
    throw new NotAllowedError(
      `${key} lets anybody sign in without a password and is refused when NODE_ENV is production: remove it from the configuration and set up a real provider under auth.providers`,
    );
  }
  const seen = new Set<string>();
  return entries.map((entry, index) => {
    const parsed = parseEntityRef(entry.getString('entityRef'), {
      defaultKind: 'User',
      defaultNamespace: 'default',
    });
    const entityRef = stringifyEntityRef(parsed);
    if (parsed.kind.toLocaleLowerCase('en-US') !== 'user') {
      throw new InputError(
        `${key}[${index}].entityRef is ${entityRef}, which is not a user: write the ref of a User of the catalog, for example user:default/ada.reyes`,
      );
    }
    if (seen.has(entityRef)) {
      throw new InputError(
        `${key}[${index}].entityRef is ${entityRef}, which is listed before: remove one of the two`,
      );
    }
    seen.add(entityRef);
    return {
      entityRef,
      name: entry.getString('name'),
      title: entry.getString('title'),
    };
  });
}
