import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import {
  aDependency,
  aHealth,
  anAgent,
  aStop,
} from '../../__fixtures__/sampleAgents';
import { renderPage } from '../../__testUtils__/renderPage';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { AgentsPage } from './AgentsPage';

const CODEGEN = anAgent({
  id: 'codegen',
  title: 'Code generation',
  tools: [],
  emits: ['codegen.completed'],
  permissions: ['artifacts.write'],
  lane: 'read_only',
  effectiveLane: 'read_only',
  invocations: 0,
  failures: 0,
  medianSeconds: undefined,
});

const rowOf = async (name: RegExp) =>
  within(await screen.findByRole('row', { name }));

describe('AgentsPage', () => {
  it('shows what each agent may do and how it has done', async () => {
    const api = new FakeAgenticApi({ agents: [anAgent(), CODEGEN] });
    renderPage(<AgentsPage />, { api });
    const deployment = await rowOf(/Deployment/);
    for (const text of [
      'Active',
      'Execute',
      'git.publish',
      'process.deploy',
      'strategy?',
      'deployment.completed',
      '12 tasks, 1 failed, median 8.4 s',
    ]) {
      expect(deployment.getByText(text)).toBeInTheDocument();
    }
    const codegen = await rowOf(/Code generation/);
    expect(codegen.getByText('artifacts.write')).toBeInTheDocument();
    expect(codegen.getByText('no task')).toBeInTheDocument();
  });

  it('stops one agent with a reason', async () => {
    const api = new FakeAgenticApi({ agents: [anAgent(), CODEGEN] });
    renderPage(<AgentsPage />, { api });
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Stop Deployment' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Stop deployment?',
    });
    const confirm = within(dialog).getByRole('button', { name: 'Stop' });
    expect(confirm).toBeDisabled();
    await user.type(within(dialog).getByLabelText(/Reason/), 'A key leaked');
    await user.click(confirm);
    await waitFor(() =>
      expect(api.requestsOf('stopAgents')).toEqual([
        { agent: 'deployment', reason: 'A key leaked' },
      ]),
    );
    await waitFor(() => expect(api.requestsOf('listAgents').length).toBe(2));
  });

  it('says who stopped an agent and why, and releases it', async () => {
    const stop = aStop();
    const api = new FakeAgenticApi({
      agents: [anAgent({ stopped: stop })],
      killSwitch: { engaged: [stop], released: [] },
    });
    renderPage(<AgentsPage />, { api });
    const user = userEvent.setup();
    const row = await rowOf(/Deployment/);
    expect(row.getByText('Stopped')).toBeInTheDocument();
    expect(row.getByText(/A key leaked/)).toBeInTheDocument();
    await user.click(
      await screen.findByRole('button', { name: 'Release Deployment' }),
    );
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText(/Reason/), 'Changed');
    await user.click(within(dialog).getByRole('button', { name: 'Release' }));
    await waitFor(() =>
      expect(api.requestsOf('releaseAgents')).toEqual([
        { agent: 'deployment', reason: 'Changed' },
      ]),
    );
  });

  it('stops all agents, and keeps the dialog open with the reason when it is refused', async () => {
    const api = new FakeAgenticApi({ agents: [anAgent()] });
    api.failWith('stopAgents', new Error('The portal does not answer'));
    renderPage(<AgentsPage />, { api });
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Stop all agents' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Stop all agents?',
    });
    await user.type(within(dialog).getByLabelText(/Reason/), 'Now');
    await user.click(within(dialog).getByRole('button', { name: 'Stop' }));
    expect(
      await within(dialog).findByText('The portal does not answer'),
    ).toBeInTheDocument();
    expect(api.requestsOf('stopAgents')).toEqual([
      { agent: undefined, reason: 'Now' },
    ]);
  });

  it('offers no buttons to readers who may not stop or promote', async () => {
    const api = new FakeAgenticApi({ agents: [anAgent()] });
    renderPage(<AgentsPage />, {
      api,
      denied: ['agentic.killSwitch.use', 'agentic.agent.promote'],
    });
    await rowOf(/Deployment/);
    await waitFor(() => expect(screen.queryByRole('button')).toBeNull());
  });

  it('tells why an agent is inactive', async () => {
    const api = new FakeAgenticApi({
      agents: [anAgent({ status: 'inactive', reason: 'No token is set' })],
    });
    renderPage(<AgentsPage />, { api });
    const row = await rowOf(/Deployment/);
    expect(row.getByText('Inactive')).toBeInTheDocument();
    expect(row.getByText('No token is set')).toBeInTheDocument();
  });

  it('shows breakers with the last failure', async () => {
    const api = new FakeAgenticApi({
      agents: [anAgent()],
      health: aHealth({
        dependencies: [
          aDependency({
            breaker: 'open',
            failures: 5,
            queued: 3,
            lastFailure: {
              at: '2026-11-20T10:00:00.000Z',
              message: 'no route to host',
            },
            nextTryAt: '2026-11-20T10:00:30.000Z',
          }),
          aDependency({ id: 'events', kind: 'portal' }),
        ],
      }),
    });
    renderPage(<AgentsPage />, { api });
    const git = await rowOf(/tool:git/);
    expect(git.getByText('Not called: it failed')).toBeInTheDocument();
    expect(git.getByText(/no route to host/)).toBeInTheDocument();
    expect(git.getByText('3 of 64')).toBeInTheDocument();
    const events = await rowOf(/events/);
    expect(events.getByText('Works')).toBeInTheDocument();
  });

  it('lists the stops that are over', async () => {
    const api = new FakeAgenticApi({
      agents: [anAgent()],
      killSwitch: {
        engaged: [],
        released: [
          aStop({
            releasedBy: 'user:default/chiara',
            releasedAt: '2026-11-20T11:00:00.000Z',
            releaseReason: 'The key was changed',
          }),
        ],
      },
    });
    renderPage(<AgentsPage />, { api });
    expect(await screen.findByText('The key was changed')).toBeInTheDocument();
  });

  it('says so when there is no agent, when it is denied, and when it failed', async () => {
    const empty = renderPage(<AgentsPage />, { api: new FakeAgenticApi() });
    expect(
      await screen.findByText(/No agent is registered/),
    ).toBeInTheDocument();
    empty.unmount();

    const api = new FakeAgenticApi({ agents: [anAgent()] });
    api.failWith(
      'listAgents',
      new AgenticRequestError({
        name: 'NotAllowedError',
        message: 'You do not hold the permission',
        status: 403,
      }),
    );
    const denied = renderPage(<AgentsPage />, { api });
    expect(
      await screen.findByText('You may not see the agents'),
    ).toBeInTheDocument();
    denied.unmount();

    api.failWith('listAgents', new Error('no answer'));
    renderPage(<AgentsPage />, { api });
    expect(
      await screen.findByText('Could not load the agents.'),
    ).toBeInTheDocument();
  });

  it('says who stands in for whom, and why', async () => {
    const api = new FakeAgenticApi({
      agents: [anAgent()],
      health: aHealth({
        failovers: [
          {
            id: 'secrets',
            order: ['store:vault', 'store:portal'],
            answering: 'store:portal',
            since: '2026-01-01T12:00:00.000Z',
            lastFailover: {
              at: '2026-01-01T12:00:00.000Z',
              from: 'store:vault',
              to: 'store:portal',
              reason: 'store:vault: Vault is sealed',
            },
          },
        ],
      }),
    });
    renderPage(<AgentsPage />, { api });
    const table = within(
      await screen.findByRole('table', { name: 'Who stands in for whom' }),
    );
    expect(
      table.getByText('store:vault, then store:portal'),
    ).toBeInTheDocument();
    expect(table.getByText('store:portal')).toBeInTheDocument();
    expect(table.getByText(/Vault is sealed/)).toBeInTheDocument();
  });
});
