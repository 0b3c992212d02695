import { screen } from '@testing-library/react';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
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
});
