import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import {
  FakeAgenticApi,
  type FakeAgenticState,
} from '../../__fixtures__/FakeAgenticApi';
import { at } from '../../__fixtures__/sampleDomain';
import { aSweepReport, aSweepRun } from '../../__fixtures__/sampleSweeps';
import { renderPage } from '../../__testUtils__/renderPage';
import { OperationsPage } from './OperationsPage';

const LIMITS: FakeAgenticState['limits'] = {
  currency: 'EUR',
  items: [
    {
      scope: 'team',
      subject: 'group:default/shop',
      measure: 'money',
      period: 'day',
      used: 8.5,
      allowed: 10,
      state: 'near',
      freesAt: at(43200),
    },
    {
      scope: 'overall',
      subject: 'everybody',
      measure: 'workflows',
      period: 'open',
      used: 3,
      allowed: 2000,
      state: 'ok',
    },
    {
      scope: 'run',
      subject: 'wf-1',
      measure: 'steps',
      period: 'run',
      used: 2000,
      allowed: 2000,
      state: 'reached',
    },
  ],
};

function show(state: FakeAgenticState = {}, denied: string[] = []) {
  const api = new FakeAgenticApi({ limits: LIMITS, ...state });
  renderPage(<OperationsPage />, { api, denied });
  return api;
}

async function look(): Promise<void> {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Look what could go' }),
  );
}

describe('OperationsPage', () => {
  it('shows whose limit is how far used, in words and with a bar', async () => {
    show();
    const table = await screen.findByRole('table', {
      name: 'Limits and what is used of them',
    });
    const row = within(table).getByText('shop').closest('tr')!;
    expect(row).toHaveTextContent('Model cost today');
    expect(row).toHaveTextContent('8.50 EUR of 10.00 EUR');
    expect(row).toHaveTextContent('Nearly used up');
    expect(within(row).getByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '85',
    );
    expect(within(table).getByText('Everybody')).toBeInTheDocument();
    expect(within(table).getByRole('link', { name: 'wf-1' })).toHaveAttribute(
      'href',
      '/agentic/workflows/wf-1',
    );
    expect(within(table).getByText('Reached')).toBeInTheDocument();
  });

  it('says when the limits could not be loaded', async () => {
    const api = new FakeAgenticApi();
    api.failWith('getLimits', new Error('the database is away'));
    renderPage(<OperationsPage />, { api });
    expect(
      await screen.findByText('Could not load the limits.'),
    ).toBeInTheDocument();
  });

  it('shows no sweeper to those who may not see it', async () => {
    const api = show({}, ['agentic.operations.read']);
    await screen.findByText('Model cost today');
    expect(screen.queryByText('Clean up')).not.toBeInTheDocument();
    expect(api.requestsOf('listSweeps')).toEqual([]);
  });

  it('removes nothing before the report was read and confirmed', async () => {
    const api = show();
    await look();
    const table = await screen.findByRole('table', { name: 'What would go' });
    expect(table).toHaveTextContent('Repository of old-api');
    expect(table).toHaveTextContent('moved to the archive folder');
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove this one' }),
    );
    expect(api.requestsOf('runSweep')).toEqual([]);
    await userEvent.type(await screen.findByRole('textbox'), 'tidying up');
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText(/1 of 1 removed/)).toBeInTheDocument();
    expect(api.requestsOf('runSweep')).toEqual([
      { reportDigest: 'd4'.repeat(32), reason: 'tidying up' },
    ]);
  });

  it('says that the report is out of date, and stays with the question', async () => {
    const api = show();
    await look();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove this one' }),
    );
    api.failWith(
      'runSweep',
      new AgenticRequestError({
        name: 'ConflictError',
        message: 'What would go has changed since the report',
        status: 409,
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove' }),
    );
    expect(
      await screen.findByText(/has changed since the report/),
    ).toBeInTheDocument();
  });

  it('lets those read the report who may not remove', async () => {
    show({}, ['agentic.sweeper.run']);
    await look();
    expect(
      await screen.findByText(/removing takes the permission/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Remove this one' }),
    ).not.toBeInTheDocument();
  });

  it('shows an empty report, what stays, and what could not look', async () => {
    show({
      sweepReport: aSweepReport({
        items: [],
        kept: [
          {
            task: 'git.repositories',
            id: 'orders:1',
            title: 'Repository of orders',
            reason: 'service orders is registered, claimed or running',
          },
        ],
        failures: [
          { task: 'postgres.databases', message: 'the server is away' },
        ],
      }),
    });
    await look();
    expect(await screen.findByText(/Nothing could go/)).toBeInTheDocument();
    expect(screen.getByText('1 things stay')).toBeInTheDocument();
    expect(
      screen.getByText('postgres.databases: the server is away'),
    ).toBeInTheDocument();
  });

  it('shows what was swept, by whom, and what failed', async () => {
    show({
      sweeps: [
        aSweepRun({
          startedBy: 'system',
          items: [
            {
              ...aSweepRun().items[0],
              outcome: 'failed',
              evidence: 'held open',
            },
          ],
        }),
      ],
    });
    expect(
      await screen.findByText(/by the schedule: 0 of 1 removed, 1 failed/),
    ).toBeInTheDocument();
    expect(screen.getByText('held open')).toBeInTheDocument();
  });

  const stuck = aSweepReport({
    stuckEffects: [
      {
        effectId: 'wf-9.t4.publish',
        workflowId: 'wf-9',
        serviceName: 'old-api',
        environment: 'staging',
        tool: 'git.publish',
        evidence: 'The disk is full',
      },
    ],
  });

  it('lets a person try again what could not be undone', async () => {
    const api = show({ sweepReport: stuck });
    await look();
    expect(await screen.findByText('The disk is full')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Undo git.publish of old-api again' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Undo again',
      }),
    );
    await screen.findByRole('button', { name: 'Look what could go' });
    expect(api.requestsOf('undoEffect')).toEqual([
      { workflowId: 'wf-9', effectId: 'wf-9.t4.publish', reason: '' },
    ]);
  });

  it('does not call undone what was not', async () => {
    show({
      sweepReport: stuck,
      undoAnswer: {
        effectId: 'wf-9.t4.publish',
        undone: false,
        evidence: 'The disk is still full',
      },
    });
    await look();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Undo git.publish of old-api again',
      }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Undo again',
      }),
    );
    expect(
      await screen.findByText('It could not be undone: The disk is still full'),
    ).toBeInTheDocument();
  });
});
