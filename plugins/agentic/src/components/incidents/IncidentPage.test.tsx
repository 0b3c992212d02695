import type { IncidentDetails } from '@agentic-backstage/plugin-agentic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { anEntry, anIncident } from '../../__fixtures__/sampleIncidents';
import { renderPage } from '../../__testUtils__/renderPage';
import { IncidentsRouter } from './IncidentsRouter';

const BEN = 'user:default/ben.okafor';

function show(
  incident: Partial<IncidentDetails> | undefined = {},
  denied: readonly string[] = [],
) {
  const api = new FakeAgenticApi({ incidents: [anIncident(incident)] });
  renderPage(<IncidentsRouter />, { api, denied, path: '/inc-1' });
  return api;
}

const button = (name: string) => screen.findByRole('button', { name });
const offered = () =>
  screen.getAllByRole('button').map(each => each.textContent);

describe('IncidentPage', () => {
  it('shows what is known, with the ways to it, and all that happened', async () => {
    show({
      links: { workflowId: 'wf-1', dependency: 'tool:git' },
      serviceName: 'orders',
      responders: ['group:default/leads'],
      timeline: [
        anEntry(),
        anEntry({ entryId: 2, kind: 'repeated', text: 'Once more' }),
        anEntry({ entryId: 3, kind: 'commented', actor: BEN, text: 'I see' }),
      ],
    });
    expect(
      await screen.findByRole('heading', { name: "'tool:git' is away" }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'wf-1' })).toHaveAttribute(
      'href',
      '/agentic/workflows/wf-1',
    );
    expect(screen.getByRole('link', { name: 'tool:git' })).toHaveAttribute(
      'href',
      '/agentic/agents',
    );
    const lines = within(
      screen.getByRole('list', { name: 'Timeline' }),
    ).getAllByRole('listitem');
    expect(lines.map(line => line.textContent)).toEqual([
      expect.stringMatching(/^Opened by system, .*in a row$/),
      expect.stringMatching(/^Happened again by system, .*Once more$/),
      expect.stringMatching(/^Comment by ben.okafor, .*I see$/),
    ]);
  });

  it('is acknowledged at once', async () => {
    const api = show();
    const user = userEvent.setup();
    await user.click(await button('Acknowledge'));
    expect(await screen.findByText('Acknowledged')).toBeInTheDocument();
    expect(api.requestsOf('acknowledgeIncident')).toEqual(['inc-1']);
    expect(
      screen.queryByRole('button', { name: 'Acknowledge' }),
    ).not.toBeInTheDocument();
  });

  it.each([
    ['Comment', 'Add', 'comment'],
    ['Mitigated', 'Say it is mitigated', 'mitigate'],
    ['Resolve', 'Resolve', 'resolve'],
  ])('asks for words to %s', async (action, confirm, step) => {
    const api = show({ status: 'acknowledged' });
    const user = userEvent.setup();
    await user.click(await button(action));
    const dialog = within(await screen.findByRole('dialog'));
    const say = dialog.getByRole('button', { name: confirm });
    expect(say).toBeDisabled();
    await user.type(dialog.getByLabelText(/Reason/), 'The disk was full');
    await user.click(say);
    await waitFor(() =>
      expect(api.requestsOf('stepIncident')).toEqual([
        { incidentId: 'inc-1', step, text: 'The disk was full' },
      ]),
    );
    expect(await screen.findByText('The disk was full')).toBeInTheDocument();
  });

  it('is led by who takes the lead', async () => {
    const api = show({ status: 'acknowledged', commander: 'user:default/ada' });
    const user = userEvent.setup();
    await user.click(await button('Take the lead'));
    await waitFor(() =>
      expect(api.requestsOf('assignIncident')).toEqual([
        { incidentId: 'inc-1', commander: BEN },
      ]),
    );
  });

  it('takes responders', async () => {
    const api = show({ responders: ['group:default/leads'] });
    const user = userEvent.setup();
    await user.click(await button('Responders'));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('Commander'), BEN);
    await user.type(
      dialog.getByLabelText('Responders'),
      '{enter}group:default/on-call',
    );
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.requestsOf('assignIncident')).toEqual([
        {
          incidentId: 'inc-1',
          commander: BEN,
          responders: ['group:default/leads', 'group:default/on-call'],
        },
      ]),
    );
  });

  it('says who was faster and shows how it stands now', async () => {
    const api = show();
    api.failWith(
      'acknowledgeIncident',
      new AgenticRequestError({
        name: 'ConflictError',
        message: 'This incident is acknowledged already (by user:default/ada)',
        status: 409,
      }),
    );
    const user = userEvent.setup();
    await user.click(await button('Acknowledge'));
    expect(
      await screen.findByText(/acknowledged already \(by user:default\/ada\)/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(api.requestsOf('getIncident').length).toBeGreaterThan(1),
    );
  });

  it('can only be commented on after its end', async () => {
    show({ status: 'resolved', resolution: 'It was the disk' });
    expect(await screen.findByText('It was the disk')).toBeInTheDocument();
    expect(offered()).toEqual(['Comment']);
  });

  it('offers nothing to those who only look', async () => {
    show({}, ['agentic.incident.manage']);
    await screen.findByRole('heading', { name: "'tool:git' is away" });
    expect(screen.queryByText('What to do')).not.toBeInTheDocument();
  });

  it('says that there is none of that id', async () => {
    show({ incidentId: 'inc-2' });
    expect(
      await screen.findByText('We could not find this incident'),
    ).toBeInTheDocument();
  });
});
