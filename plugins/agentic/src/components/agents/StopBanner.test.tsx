import { act, screen, waitFor } from '@testing-library/react';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { aStop } from '../../__fixtures__/sampleAgents';
import { FakeSignals, renderPage } from '../../__testUtils__/renderPage';
import { WithStopBanner } from './WithStopBanner';

const page = (
  <WithStopBanner>
    <p>The page</p>
  </WithStopBanner>
);

describe('StopBanner', () => {
  it('says who stopped what and why, above the page', async () => {
    const api = new FakeAgenticApi({
      killSwitch: {
        engaged: [aStop(), aStop({ switchId: 2, agent: undefined })],
        released: [],
      },
    });
    renderPage(page, { api });
    const banner = await screen.findByRole('alert');
    expect(banner).toHaveTextContent('All agents are stopped');
    expect(banner).toHaveTextContent(/deployment, by ben.*: A key leaked/);
    expect(screen.getByText('The page')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Agents' })).toHaveAttribute(
      'href',
      '/agentic/agents',
    );
  });

  it('is not there while nothing is stopped, and asks again at a signal', async () => {
    const signals = new FakeSignals();
    const api = new FakeAgenticApi();
    renderPage(page, { api, signals });
    expect(await screen.findByText('The page')).toBeInTheDocument();
    await waitFor(() =>
      expect(api.requestsOf('getKillSwitch')).toHaveLength(1),
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    act(() => signals.send({ changed: true }));
    await waitFor(() =>
      expect(api.requestsOf('getKillSwitch')).toHaveLength(2),
    );
  });

  it('leaves the page alone when it cannot be asked', async () => {
    const api = new FakeAgenticApi();
    api.failWith('getKillSwitch', new Error('no answer'));
    renderPage(page, { api });
    expect(await screen.findByText('The page')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
