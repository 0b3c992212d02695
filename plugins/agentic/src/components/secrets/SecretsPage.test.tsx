import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import {
  FakeAgenticApi,
  type FakeAgenticState,
} from '../../__fixtures__/FakeAgenticApi';
import { aSecret, anAccess } from '../../__fixtures__/sampleSecrets';
import { renderPage } from '../../__testUtils__/renderPage';
import { SecretsPage } from './SecretsPage';

const portal = {
  id: 'portal',
  title: 'Encrypted in the database of the portal',
  isDefault: true,
};

function show(state: FakeAgenticState = {}) {
  const api = new FakeAgenticApi(state);
  renderPage(<SecretsPage />, { api });
  return api;
}

describe('SecretsPage', () => {
  it('lists secrets with their facts, those due on top and once more', async () => {
    show({
      secrets: {
        stores: [portal],
        secrets: [
          aSecret(),
          aSecret({
            path: 'local-postgres/old-service',
            version: 3,
            labels: {},
            due: true,
          }),
        ],
      },
    });
    const due = await screen.findByRole('table', {
      name: 'Due for a new value',
    });
    expect(within(due).getAllByRole('row')).toHaveLength(2);
    const overdue = within(due)
      .getByText('portal/local-postgres/old-service')
      .closest('tr')!;
    expect(overdue).toHaveTextContent('Due');
    expect(
      screen.getByText(/does not change these by itself/),
    ).toBeInTheDocument();
    const all = screen.getByRole('table', { name: 'All secrets' });
    expect(
      within(all).getByText('portal/local-postgres/user-service').closest('tr'),
    ).toHaveTextContent('database user_service');
  });

  it('says that there are none, that nothing is due and that nobody used one', async () => {
    show();
    expect(await screen.findByText('Nothing is due.')).toBeInTheDocument();
    expect(screen.getByText(/There are no secrets yet/)).toBeInTheDocument();
    expect(
      await screen.findByText('Nobody has used a secret yet.'),
    ).toBeInTheDocument();
  });

  it('names a store that cannot be used', async () => {
    show({
      secrets: {
        stores: [
          portal,
          {
            ...portal,
            id: 'vault',
            title: 'Vault',
            problem: 'Vault is sealed',
          },
        ],
        secrets: [],
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Vault: Vault is sealed',
    );
  });

  it('shows who used what for what, and who was refused why', async () => {
    show({
      secretAccess: [
        anAccess({
          id: 2,
          outcome: 'refused',
          reason: "Agent 'chat' has not declared it",
          actor: 'agent:chat',
          tool: undefined,
          workflowId: undefined,
        }),
        anAccess(),
      ],
    });
    const log = await screen.findByRole('table', { name: 'Access log' });
    const [, refused, granted] = within(log).getAllByRole('row');
    expect(refused).toHaveTextContent('Refused');
    expect(refused).toHaveTextContent("Agent 'chat' has not declared it");
    expect(granted).toHaveTextContent('agent:deployment with process.deploy');
    expect(granted).toHaveTextContent('Read (version 1)');
    expect(within(granted).getByRole('link', { name: 'wf-1' })).toHaveAttribute(
      'href',
      '/agentic/workflows/wf-1',
    );
  });

  it('goes to older entries and back', async () => {
    const api = show({
      secretAccess: [anAccess({ id: 9 })],
      secretAccessBefore: 9,
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Older' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Newer' }));
    const asked = api.requests
      .filter(({ method }) => method === 'listSecretAccess')
      .map(({ details }) => details);
    expect(asked).toEqual([
      { before: undefined },
      { before: 9 },
      { before: undefined },
    ]);
  });

  it.each<[string, Error, RegExp]>([
    [
      'that the reader may not see them',
      new AgenticRequestError({
        status: 403,
        name: 'NotAllowedError',
        message: 'agentic.secret.read',
      }),
      /You may not see the secrets/,
    ],
    [
      'that they could not be loaded',
      new AgenticRequestError({
        status: 500,
        name: 'Error',
        message: 'no database',
      }),
      /Could not load the secrets/,
    ],
  ])('says %s', async (_what, error, said) => {
    const api = new FakeAgenticApi();
    api.failWith('listSecrets', error);
    renderPage(<SecretsPage />, { api });
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });
});
