import { AuthenticationError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import type { ExamplePerson } from './readExamplePeople';

/** The header in which the sign-in page names the chosen person. */
export const EXAMPLE_PERSON_HEADER = 'x-example-person';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

function hostnameOf(host: string | undefined): string | undefined {
  return host && URL.canParse(`http://${host}`)
    ? new URL(`http://${host}`).hostname
    : undefined;
}

/**
 * Accepts a request that names one of `people` in the header. A request that came under another
 * host name than the portal's is refused, so that a web page whose name was pointed at this
 * machine cannot sign in.
 */
export function createExamplePeopleAuthenticator(options: {
  readonly people: readonly ExamplePerson[];
  readonly baseUrl: string;
}) {
  const people = new Map(options.people.map(p => [p.entityRef, p]));
  const hostnames = new Set([
    ...loopbackNames,
    new URL(options.baseUrl).hostname,
  ]);
  return createProxyAuthenticator<
    undefined,
    ExamplePerson,
    Record<string, never>
  >({
    defaultProfileTransform: async person => ({
      profile: { displayName: person.name },
    }),
    initialize: () => undefined,
    async authenticate({ req }) {
      const hostname = hostnameOf(req.headers.host);
      if (!hostname || !hostnames.has(hostname)) {
        throw new AuthenticationError(
          `Example people can sign in at ${options.baseUrl} only: open the portal under that address`,
        );
      }
      const wanted = req.header(EXAMPLE_PERSON_HEADER);
      if (!wanted) {
        throw new AuthenticationError(
          `The header ${EXAMPLE_PERSON_HEADER} is missing: name one of ${[
            ...people.keys(),
          ].join(', ')}`,
        );
      }
      const person = people.get(wanted.toLocaleLowerCase('en-US'));
      if (!person) {
        throw new AuthenticationError(
          `The header ${EXAMPLE_PERSON_HEADER} names nobody of agentic.examplePeople: use one of ${[
            ...people.keys(),
          ].join(', ')}`,
        );
      }
      return { result: person, providerInfo: {} };
    },
  });
}
