import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import {
  aChainedApproval,
  noStatistics,
} from '../../__fixtures__/sampleApprovals';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  ADA,
  BEN,
  aWorkflow,
  anApproval,
} from '../../__fixtures__/sampleDomain';
import { ApprovalsPage } from './ApprovalsPage';

const withApproval = () => new FakeAgenticApi({ workflows: [aWorkflow()] });

describe('ApprovalsPage', () => {
  it('leads from an open approval to where it is decided', async () => {
    renderPage(<ApprovalsPage />, { api: withApproval(), me: BEN });
    const link = await screen.findByRole('link', {
      name: 'Publish the repository of orders-api',
    });
    expect(link).toHaveAttribute(
      'href',
      '/agentic/workflows/wf-1?tab=approval',
    );
    expect(
      screen.getByText('Strategic approver, Final approver'),
    ).toBeInTheDocument();
  });

  it('tells the requester that somebody else has to approve', async () => {
    renderPage(<ApprovalsPage />, { api: withApproval(), me: ADA });
    expect(
      await screen.findByText(/You requested this change/),
    ).toBeInTheDocument();
  });

  it('does not list what is already decided', async () => {
    const api = new FakeAgenticApi({
      workflows: [
        aWorkflow({ approvals: [anApproval({ status: 'approved' })] }),
      ],
    });
    renderPage(<ApprovalsPage />, { api });
    expect(
      await screen.findByText('Nothing waits for approval'),
    ).toBeInTheDocument();
  });

  const many = (count: number) =>
    new FakeAgenticApi({
      workflows: Array.from({ length: count }, (_, index) =>
        aWorkflow({
          workflowId: `wf-${index}`,
          approvals: [
            aChainedApproval({
              approvalId: `a-${index}`,
              workflowId: `wf-${index}`,
              serviceName: `service-${index}`,
            }),
          ],
        }),
      ),
    });

  it('goes through long lists page by page, and back', async () => {
    renderPage(<ApprovalsPage />, { api: many(30) });
    expect(await screen.findByText('service-0')).toBeInTheDocument();
    expect(screen.getByText('30 open in all')).toBeInTheDocument();
    expect(screen.queryByText('service-29')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByText('service-29')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Newer' }));
    expect(await screen.findByText('service-0')).toBeInTheDocument();
  });

  it('puts approvals together by workflow or by kind of change', async () => {
    renderPage(<ApprovalsPage />, { api: many(2) });
    await userEvent.click(
      await screen.findByRole('combobox', { name: 'Group' }),
    );
    await userEvent.click(
      screen.getByRole('option', { name: 'By kind of change' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Creates (2)' }),
    ).toBeInTheDocument();
  });

  it('shows how decisions came about, blind ones among them', async () => {
    const figures = {
      decisions: 4,
      approved: 3,
      rejected: 1,
      medianSecondsToDecide: 40,
      p90SecondsToDecide: 200,
      medianSecondsLookedAt: 30,
      blindApprovals: 1,
      blindRate: 1 / 3,
    };
    renderPage(<ApprovalsPage />, {
      api: new FakeAgenticApi({
        statistics: noStatistics({
          overdue: 2,
          all: figures,
          byApprover: [{ approver: BEN, role: 'final', ...figures }],
        }),
      }),
    });
    const row = await screen.findByRole('row', { name: /ben.okafor/ });
    expect(row).toHaveTextContent('33 % (1 of 3)');
    expect(row).toHaveTextContent('3m20s');
    expect(
      screen.getByText(/2 open approvals wait longer/),
    ).toBeInTheDocument();
  });

  it('makes up no figures where nobody has decided', async () => {
    renderPage(<ApprovalsPage />, { api: new FakeAgenticApi() });
    expect(
      await screen.findByText('Nobody has decided anything in this time.'),
    ).toBeInTheDocument();
  });
});
