import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** A person of the example company whom anybody may sign in as. */
export interface ExamplePerson {
  readonly entityRef: string;
  readonly name: string;
  readonly title: string;
}

/** Reads `agentic.examplePeople`; without it nobody is offered. */
export function readExamplePeople(config: ConfigApi): ExamplePerson[] {
  const people = config.getOptionalConfigArray('agentic.examplePeople') ?? [];
  return people.map(person => ({
    entityRef: person.getString('entityRef'),
    name: person.getString('name'),
    title: person.getString('title'),
  }));
}
