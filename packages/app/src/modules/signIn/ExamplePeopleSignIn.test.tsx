import type { IdentityApi } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ExamplePeopleSignIn } from './ExamplePeopleSignIn';
import { RememberedPerson } from './RememberedPerson';

const ADA = 'user:default/ada.reyes';
const BEN = 'user:default/ben.okafor';

/** Answers the refresh route of the sign-in provider the way the backend does. */
class FakeAuthBackend {
  readonly asked: (string | null)[] = [];
  status = 200;

  readonly fetch: typeof fetch = async (input, init) => {
    expect(String(input)).toBe(
      'http://localhost:7007/api/auth/example-people/refresh',
    );
    const person = new Headers(init?.headers).get('x-example-person');
    this.asked.push(person);
    if (this.status !== 200) {
      return new Response(
        JSON.stringify({
          error: { name: 'AuthenticationError', message: 'no' },
        }),
        { status: this.status },
      );
    }
    return new Response(
      JSON.stringify({
        profile: { displayName: 'Somebody' },
        backstageIdentity: {
          token: `x.${btoa(JSON.stringify({ exp: 4_000_000_000 }))}.x`,
          identity: {
            type: 'user',
            userEntityRef: person,
            ownershipEntityRefs: [person],
          },
        },
      }),
    );
  };
}

describe('ExamplePeopleSignIn', () => {
  const originalFetch = window.fetch;
  let backend: FakeAuthBackend;
  let identity: IdentityApi | undefined;

  beforeEach(() => {
    new RememberedPerson().clear();
    backend = new FakeAuthBackend();
    window.fetch = backend.fetch;
    identity = undefined;
  });

  afterEach(() => {
    window.fetch = originalFetch;
  });

  function open() {
    return renderInTestApp(
      <ExamplePeopleSignIn
        onSignInSuccess={api => {
          identity = api;
        }}
      />,
      {
        config: {
          app: { title: 'Example Portal', baseUrl: 'http://localhost:7007' },
          backend: { baseUrl: 'http://localhost:7007' },
          agentic: {
            examplePeople: [
              { entityRef: ADA, name: 'Ada Reyes', title: 'Developer' },
              { entityRef: BEN, name: 'Ben Okafor', title: 'Lead' },
            ],
          },
        },
      },
    );
  }

  const signedInAs = async () =>
    (await identity?.getBackstageIdentity())?.userEntityRef;

  it('offers the configured people and says that they are examples', async () => {
    open();
    expect(
      await screen.findByText(/Example people, development only/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Sign in as Ben Okafor, Lead' }),
    );
    await waitFor(async () => expect(await signedInAs()).toBe(BEN));
    expect(backend.asked).toEqual([BEN]);
  });

  it('signs in as the same person after a reload', async () => {
    new RememberedPerson().set(ADA);
    open();
    await waitFor(async () => expect(await signedInAs()).toBe(ADA));
  });

  it('forgets the person on sign-out', async () => {
    new RememberedPerson().set(ADA);
    open();
    await waitFor(() => expect(identity).toBeDefined());
    await identity?.signOut();
    expect(new RememberedPerson().get()).toBeUndefined();
  });

  it('asks again when the remembered person is no longer offered', async () => {
    new RememberedPerson().set('user:default/somebody.else');
    open();
    expect(await screen.findByText('Who are you?')).toBeInTheDocument();
    expect(backend.asked).toEqual([]);
  });

  it('shows the people again with the reason when it fails', async () => {
    backend.status = 401;
    new RememberedPerson().set(ADA);
    open();
    expect(await screen.findByText(/Could not sign in/)).toBeInTheDocument();
    expect(screen.getByText('Who are you?')).toBeInTheDocument();
    expect(identity).toBeUndefined();
  });
});
