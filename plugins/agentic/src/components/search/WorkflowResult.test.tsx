import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { WorkflowResult } from './WorkflowResult';

const DOCUMENT = {
  title: 'user-service: rest-service',
  text: 'Something about invoices',
  location: '/agentic/workflows/wf-1',
  phase: 'running',
  environment: 'staging',
  owner: 'group:default/payments',
};

describe('WorkflowResult', () => {
  it('leads to the workflow and says what it is', async () => {
    renderInTestApp(<WorkflowResult result={DOCUMENT} />);
    expect(
      await screen.findByRole('link', { name: 'user-service: rest-service' }),
    ).toHaveAttribute('href', '/agentic/workflows/wf-1');
    expect(screen.getByText('Something about invoices')).toBeInTheDocument();
    expect(screen.getByText('Running')).toBeInTheDocument();
    expect(screen.getByText('payments')).toBeInTheDocument();
  });

  it('marks what was searched for', async () => {
    renderInTestApp(
      <WorkflowResult
        result={DOCUMENT}
        highlight={{
          preTag: '<b>',
          postTag: '</b>',
          fields: { text: 'Something about <b>invoices</b>' },
        }}
      />,
    );
    expect((await screen.findByText('invoices')).tagName).toBe('MARK');
  });

  it.each([
    ['an unknown state', { ...DOCUMENT, phase: 'asleep' }],
    [
      'no more than a plain result',
      { title: DOCUMENT.title, text: '', location: DOCUMENT.location },
    ],
  ])('shows a document with %s', async (_what, result) => {
    renderInTestApp(<WorkflowResult result={result} />);
    expect(
      await screen.findByRole('link', { name: DOCUMENT.title }),
    ).toBeInTheDocument();
    expect(screen.queryByText('asleep')).not.toBeInTheDocument();
  });
});
