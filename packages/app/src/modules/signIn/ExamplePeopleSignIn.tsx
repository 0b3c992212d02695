import { ProxiedSignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { useMemo, useState } from 'react';
import { FailedSignIn } from './FailedSignIn';
import { forgetOnSignOut } from './forgetOnSignOut';
import { PersonList } from './PersonList';
import { readExamplePeople } from './readExamplePeople';
import { RememberedPerson } from './RememberedPerson';

/** Signs in as one of the example people, and as the same one again after a reload. */
export function ExamplePeopleSignIn(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const people = useMemo(() => readExamplePeople(config), [config]);
  const [remembered] = useState(() => new RememberedPerson());
  const [person, setPerson] = useState(() => {
    const known = remembered.get();
    return people.find(({ entityRef }) => entityRef === known)?.entityRef;
  });
  const [error, setError] = useState<string>();

  const choose = (entityRef: string) => {
    remembered.set(entityRef);
    setError(undefined);
    setPerson(entityRef);
  };

  if (!person) {
    return (
      <PersonList
        portalTitle={config.getOptionalString('app.title') ?? 'Agentic Portal'}
        people={people}
        error={error}
        onChoose={choose}
      />
    );
  }
  return (
    <ProxiedSignInPage
      provider="example-people"
      headers={{ 'x-example-person': person }}
      onSignInSuccess={identity =>
        props.onSignInSuccess(
          forgetOnSignOut(identity, () => remembered.clear()),
        )
      }
      ErrorComponent={({ error: problem }) => (
        <FailedSignIn
          onFailed={() => {
            setError(
              `Could not sign in: ${
                problem?.message ?? 'the backend gave no reason'
              }`,
            );
            setPerson(undefined);
          }}
        />
      )}
    />
  );
}
