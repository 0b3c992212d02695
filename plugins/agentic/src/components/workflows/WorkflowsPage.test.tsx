import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { FakeSignals, renderPage } from '../../__testUtils__/renderPage';
import { ADA, BEN, aSummary, aWorkflow } from '../../__fixtures__/sampleDomain';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { WorkflowsPage } from './WorkflowsPage';

describe('WorkflowsPage', () => {
  it('lists workflows with status and a link to each', async () => {
    const api = new FakeAgenticApi({
      summaries: [
        aSummary({ workflowId: 'wf-1', phase: 'awaiting_approval' }),
        aSummary({
          workflowId: 'wf-2',
          serviceName: 'billing-api',
          phase: 'failed',
          error: 'The registry did not answer',
        }),
      ],
    });
    renderPage(<WorkflowsPage />, { api });
    const link = await screen.findByRole('link', { name: 'billing-api' });
    expect(link).toHaveAttribute('href', '/agentic/workflows/wf-2');
    const row = screen.getByRole('row', { name: /billing-api/ });
    expect(within(row).getByText('Failed')).toBeInTheDocument();
    expect(
      within(row).getByText('The registry did not answer'),
    ).toBeInTheDocument();
    expect(screen.getByText('Awaiting approval')).toBeInTheDocument();
    expect(screen.getByText('2 workflows')).toBeInTheDocument();
  });

  it('shows progress while it loads', async () => {
    const api = new FakeAgenticApi();
    api.listWorkflows = () => new Promise(() => {});
    renderPage(<WorkflowsPage />, { api });
    expect(
      await screen.findByRole('progressbar', { name: 'Loading workflows' }),
    ).toBeInTheDocument();
  });

  it('says what to do when there are none', async () => {
    renderPage(<WorkflowsPage />, { api: new FakeAgenticApi() });
    expect(await screen.findByText('No workflows yet')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Describe what you need' }),
    ).toHaveAttribute('href', '/agentic/new');
    expect(
      screen.getByRole('button', { name: 'Create from a template' }),
    ).toHaveAttribute('href', '/create');
  });

  it('does not offer a new request to those who may not start one', async () => {
    renderPage(<WorkflowsPage />, {
      api: new FakeAgenticApi(),
      denied: ['agentic.workflow.create'],
    });
    expect(await screen.findByText('No workflows yet')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Describe what you need' }),
    ).not.toBeInTheDocument();
  });

  it('says that access is denied', async () => {
    const api = new FakeAgenticApi();
    api.failWith(
      'listWorkflows',
      new AgenticRequestError({
        name: 'NotAllowedError',
        message: 'Reading workflows is not allowed.',
        status: 403,
      }),
    );
    renderPage(<WorkflowsPage />, { api });
    expect(
      await screen.findByText('You may not see the workflows'),
    ).toBeInTheDocument();
  });

  it('can be loaded again after a failure', async () => {
    const api = new FakeAgenticApi({ summaries: [aSummary()] });
    api.failWith('listWorkflows', new Error('connection refused'));
    renderPage(<WorkflowsPage />, { api });
    expect(
      await screen.findByText('Could not load the workflows.'),
    ).toBeInTheDocument();
    api.failWith('listWorkflows', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'orders-api' }),
    ).toBeInTheDocument();
  });

  it('filters by status, environment, words and person', async () => {
    const api = new FakeAgenticApi({
      summaries: [
        aSummary({ workflowId: 'wf-1', requestedBy: ADA }),
        aSummary({
          workflowId: 'wf-2',
          serviceName: 'billing-api',
          requestedBy: BEN,
        }),
      ],
    });
    renderPage(<WorkflowsPage />, { api, me: BEN });
    expect(
      await screen.findByRole('link', { name: 'orders-api' }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Asked for by me' }),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'orders-api' }),
      ).not.toBeInTheDocument(),
    );
    await userEvent.click(screen.getByRole('combobox', { name: 'Status' }));
    await userEvent.click(screen.getByRole('option', { name: 'In progress' }));
    await userEvent.type(screen.getByRole('textbox'), 'bill');
    await waitFor(() =>
      expect(api.requestsOf('listWorkflows').pop()).toMatchObject({
        requestedBy: BEN,
        status: 'in_progress',
        service: 'bill',
      }),
    );
    expect(
      await screen.findByRole('link', { name: 'billing-api' }),
    ).toBeInTheDocument();
  });

  it('shows the workflows for the teams of a person', async () => {
    const api = new FakeAgenticApi({
      summaries: [
        aSummary({ workflowId: 'wf-1', owner: 'group:default/payments' }),
        aSummary({
          workflowId: 'wf-2',
          serviceName: 'billing-api',
          owner: 'group:default/search',
        }),
      ],
    });
    renderPage(<WorkflowsPage />, {
      api,
      me: BEN,
      groups: ['group:default/search'],
    });
    expect(
      await screen.findByRole('link', { name: 'orders-api' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Of my teams' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'orders-api' }),
      ).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('link', { name: 'billing-api' }),
    ).toBeInTheDocument();
  });

  it('does not ask for the workflows of no team', async () => {
    const api = new FakeAgenticApi({ summaries: [aSummary()] });
    renderPage(<WorkflowsPage />, { api, me: BEN, path: '/?view=teams' });
    expect(await screen.findByText('No workflow matches')).toBeInTheDocument();
    expect(api.requestsOf('listWorkflows')).toEqual([]);
  });

  it('keeps a filter under a name, applies it and forgets it', async () => {
    const api = new FakeAgenticApi({
      summaries: [
        aSummary({ workflowId: 'wf-1', phase: 'failed' }),
        aSummary({ workflowId: 'wf-2', serviceName: 'billing-api' }),
      ],
    });
    renderPage(<WorkflowsPage />, { api, path: '/?status=failed' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Save this filter' }),
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Name of the filter' }),
      'Broken{Enter}',
    );
    const chip = await screen.findByRole('button', { name: 'Broken' });
    expect(chip).toHaveAttribute('aria-pressed', 'true');
    expect(
      screen.queryByRole('button', { name: 'Save this filter' }),
    ).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('combobox', { name: 'Status' }));
    await userEvent.click(screen.getByRole('option', { name: 'All' }));
    expect(
      await screen.findByRole('link', { name: 'billing-api' }),
    ).toBeInTheDocument();
    expect(chip).toHaveAttribute('aria-pressed', 'false');

    await userEvent.click(chip);
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'billing-api' }),
      ).not.toBeInTheDocument(),
    );
    chip.focus();
    await userEvent.keyboard('{Delete}');
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Broken' }),
      ).not.toBeInTheDocument(),
    );
  });

  it('turns pages forth and back', async () => {
    const api = new FakeAgenticApi({
      summaries: Array.from({ length: 25 }, (_, index) =>
        aSummary({
          workflowId: `wf-${index}`,
          serviceName: `service-${index}`,
        }),
      ),
    });
    renderPage(<WorkflowsPage />, { api });
    expect(await screen.findByText('service-0')).toBeInTheDocument();
    const previous = screen.getByRole('button', { name: 'Newer' });
    expect(previous).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByText('service-24')).toBeInTheDocument();
    expect(screen.queryByText('service-0')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();
    await userEvent.click(previous);
    expect(await screen.findByText('service-0')).toBeInTheDocument();
  });

  it('loads again when a signal tells of news', async () => {
    const api = new FakeAgenticApi({ workflows: [aWorkflow()] });
    const signals = new FakeSignals();
    renderPage(<WorkflowsPage />, { api, signals });
    expect(await screen.findByText('Awaiting approval')).toBeInTheDocument();
    api.changeWorkflow('wf-1', { phase: 'completed' });
    signals.send({ news: true });
    expect(await screen.findByText('Completed')).toBeInTheDocument();
  });
});
