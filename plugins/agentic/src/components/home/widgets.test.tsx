import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import {
  ADA,
  BEN,
  anApproval,
  aSummary,
} from '../../__fixtures__/sampleDomain';
import { renderPage } from '../../__testUtils__/renderPage';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { ApprovalsWidget } from './ApprovalsWidget';
import { MyWorkflowsWidget } from './MyWorkflowsWidget';

const DENIED = new AgenticRequestError({
  name: 'NotAllowedError',
  message: 'No.',
  status: 403,
});

describe('MyWorkflowsWidget', () => {
  it('shows the latest workflows of the person and leads to all of them', async () => {
    const api = new FakeAgenticApi({
      summaries: [
        aSummary({ serviceName: 'not-mine', requestedBy: ADA }),
        ...Array.from({ length: 7 }, (_, index) =>
          aSummary({
            workflowId: `wf-${index}`,
            serviceName: `service-${index}`,
            requestedBy: BEN,
          }),
        ),
      ],
    });
    renderPage(<MyWorkflowsWidget />, { api, me: BEN });
    const list = await screen.findByRole('list', {
      name: 'Your latest workflows',
    });
    expect(
      await within(list).findByRole('link', { name: 'service-0' }),
    ).toHaveAttribute('href', '/agentic/workflows/wf-0');
    expect(within(list).getAllByRole('listitem')).toHaveLength(5);
    expect(screen.queryByText('not-mine')).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All 7' })).toHaveAttribute(
      'href',
      '/agentic/workflows?view=mine',
    );
  });

  it('says that there is nothing yet', async () => {
    renderPage(<MyWorkflowsWidget />, { api: new FakeAgenticApi() });
    expect(
      await screen.findByText('You have not asked for anything yet.'),
    ).toBeInTheDocument();
  });

  it('says that access is denied', async () => {
    const api = new FakeAgenticApi();
    api.failWith('listWorkflows', DENIED);
    renderPage(<MyWorkflowsWidget />, { api });
    expect(
      await screen.findByText('You may not see this.'),
    ).toBeInTheDocument();
  });

  it('can be loaded again after a failure', async () => {
    const api = new FakeAgenticApi();
    api.failWith('listWorkflows', new Error('connection refused'));
    renderPage(<MyWorkflowsWidget />, { api });
    const again = await screen.findByRole('button', { name: 'Try again' });
    api.failWith('listWorkflows', undefined);
    await userEvent.click(again);
    expect(
      await screen.findByText('You have not asked for anything yet.'),
    ).toBeInTheDocument();
  });
});

describe('ApprovalsWidget', () => {
  it('shows what the person can sign now', async () => {
    const api = new FakeAgenticApi({
      inbox: {
        items: [
          { approval: anApproval(), turn: 'mine', role: 'final' },
          {
            approval: anApproval({ approvalId: 'ap-2' }),
            turn: 'others',
          },
        ],
        totalItems: 2,
        mine: 1,
      },
    });
    renderPage(<ApprovalsWidget />, { api, me: BEN });
    const list = await screen.findByRole('list', {
      name: 'Approvals that wait for you',
    });
    const [entry, ...others] = within(list).getAllByRole('listitem');
    expect(others).toEqual([]);
    expect(within(entry).getByRole('link')).toHaveAttribute(
      'href',
      '/agentic/workflows/wf-1',
    );
    expect(entry).toHaveTextContent(/staging/);
  });

  it('says that nothing waits', async () => {
    renderPage(<ApprovalsWidget />, { api: new FakeAgenticApi() });
    expect(
      await screen.findByText('Nothing waits for your signature.'),
    ).toBeInTheDocument();
  });

  it('says what it is loading', async () => {
    const api = new FakeAgenticApi();
    api.getApprovalInbox = () => new Promise(() => {});
    renderPage(<ApprovalsWidget />, { api });
    expect(
      await screen.findByRole('status', { name: 'Loading your approvals' }),
    ).toBeInTheDocument();
  });
});
