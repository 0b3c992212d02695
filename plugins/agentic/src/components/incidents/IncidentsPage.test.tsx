import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import {
  FakeAgenticApi,
  type FakeAgenticState,
} from '../../__fixtures__/FakeAgenticApi';
import { anIncident } from '../../__fixtures__/sampleIncidents';
import { renderPage } from '../../__testUtils__/renderPage';
import { IncidentBanner } from './IncidentBanner';
import { IncidentsPage } from './IncidentsPage';

function show(
  state: FakeAgenticState = {},
  options: { path?: string; denied?: readonly string[]; error?: Error } = {},
) {
  const api = new FakeAgenticApi(state);
  api.failWith('listIncidents', options.error);
  renderPage(<IncidentsPage />, { api, ...options });
  return api;
}

describe('IncidentsPage', () => {
  it('lists what is not resolved, with how bad it is and who has it', async () => {
    const api = show({
      incidents: [
        anIncident({ occurrences: 4, reopened: 1 }),
        anIncident({
          incidentId: 'inc-2',
          title: 'orders in staging is not healthy',
          source: 'deployment',
          status: 'acknowledged',
          commander: 'user:default/ben.okafor',
        }),
        anIncident({ incidentId: 'inc-3', title: 'Over', status: 'resolved' }),
      ],
    });
    const table = within(
      await screen.findByRole('table', { name: 'Incidents' }),
    );
    expect(
      table.getByRole('link', { name: "'tool:git' is away" }),
    ).toHaveAttribute('href', '/agentic/incidents/inc-1');
    const row = table.getByText("'tool:git' is away").closest('tr')!;
    for (const text of ['High', 'Open', 'nobody yet', /opened again 1×/]) {
      expect(within(row).getByText(text)).toBeInTheDocument();
    }
    expect(
      within(
        table.getByText('orders in staging is not healthy').closest('tr')!,
      ).getByText('ben.okafor'),
    ).toBeInTheDocument();
    expect(table.queryByText('Over')).not.toBeInTheDocument();
    expect(screen.getByText(/1 open, 1 acknowledged/)).toBeInTheDocument();
    expect(api.requestsOf('listIncidents')[0]).toMatchObject({
      status: 'unresolved',
    });
  });

  it('takes its filters from the address and writes them there', async () => {
    const api = show(
      { incidents: [anIncident()] },
      { path: '/?status=all&severity=critical' },
    );
    expect(await screen.findByText('No incident matches')).toBeInTheDocument();
    expect(api.requestsOf('listIncidents')[0]).toMatchObject({
      status: undefined,
      severity: 'critical',
    });
    const user = userEvent.setup();
    await user.click(screen.getByLabelText('What'));
    await user.click(screen.getByRole('option', { name: 'Dependency away' }));
    await waitFor(() =>
      expect(api.requestsOf('listIncidents').at(-1)).toMatchObject({
        severity: 'critical',
        source: 'dependency',
      }),
    );
  });

  it('says that nothing is wrong', async () => {
    show();
    expect(await screen.findByText('Nothing is wrong')).toBeInTheDocument();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see the incidents'],
    [500, 'Error', 'Could not load the incidents.'],
  ])('says why it shows nothing after a %d', async (status, name, text) => {
    show(
      {},
      { error: new AgenticRequestError({ name, message: 'No.', status }) },
    );
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('opens one by hand', async () => {
    const api = show();
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Open an incident' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const open = dialog.getByRole('button', { name: 'Open' });
    expect(open).toBeDisabled();
    await user.type(dialog.getByLabelText(/What is wrong/), 'Builds fail');
    await user.type(dialog.getByLabelText(/What is known/), 'Since nine');
    await user.click(open);
    expect(
      await screen.findByRole('link', { name: 'Builds fail' }),
    ).toBeInTheDocument();
    expect(api.requestsOf('openIncident')).toEqual([
      { title: 'Builds fail', severity: 'medium', description: 'Since nine' },
    ]);
  });

  it('offers nothing to those who only look', async () => {
    show(
      { incidents: [anIncident()] },
      { denied: ['agentic.incident.manage'] },
    );
    await screen.findByRole('table', { name: 'Incidents' });
    expect(
      screen.queryByRole('button', { name: 'Open an incident' }),
    ).not.toBeInTheDocument();
  });
});

describe('IncidentBanner', () => {
  const banner = (
    state: FakeAgenticState,
    denied: readonly string[] = [],
  ): FakeAgenticApi => {
    const api = new FakeAgenticApi(state);
    renderPage(<IncidentBanner />, { api, denied });
    return api;
  };

  it('counts what is not resolved, with the way there', async () => {
    banner({
      incidents: [
        anIncident(),
        anIncident({ incidentId: 'inc-2', status: 'mitigated' }),
      ],
    });
    expect(
      await screen.findByRole('link', { name: '2 incidents are not resolved' }),
    ).toHaveAttribute('href', '/agentic/incidents');
    expect(screen.getByRole('alert')).toHaveTextContent(
      '1 of them taken by nobody',
    );
  });

  it('is silent when all are resolved', async () => {
    const api = banner({ incidents: [anIncident({ status: 'resolved' })] });
    await waitFor(() =>
      expect(api.requestsOf('listIncidents').length).toBeGreaterThan(0),
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('asks nothing for those who may not see incidents', async () => {
    const api = banner({ incidents: [anIncident()] }, [
      'agentic.incident.read',
    ]);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(api.requestsOf('listIncidents')).toEqual([]);
  });
});
