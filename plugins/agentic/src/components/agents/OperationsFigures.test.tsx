import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { OperationsFigures } from './OperationsFigures';

const quiet = {
  replicas: 2,
  engineRuns: 0,
  outbox: { pending: 0, dead: 0, oldestSeconds: 0 },
  approvals: { open: 0, oldestSeconds: 0 },
  advice: [],
};

const show = (element: ReactElement) =>
  render(
    <TestApiProvider apis={[mockApis.translation(), mockApis.error()]}>
      {element}
    </TestApiProvider>,
  );

describe('OperationsFigures', () => {
  it('shows a quiet portal without alarming anybody', () => {
    show(<OperationsFigures operations={quiet} />);
    expect(screen.getByText('0 wait; 0 were given up')).toBeInTheDocument();
    expect(screen.getByText('none so far')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows what waits, what was swept, and what to do', () => {
    show(
      <OperationsFigures
        operations={{
          ...quiet,
          outbox: { pending: 3, dead: 1, oldestSeconds: 125 },
          sweeper: { secondsAgo: 3600, outcomes: { done: 4, failed: 1 } },
          advice: [
            {
              id: 'machine.disk',
              level: 'error',
              found: '0.1 GiB are free',
              remedy: 'Run the sweeper',
            },
          ],
        }}
      />,
    );
    expect(
      screen.getByText('3 wait, the oldest for 2m05s; 1 were given up'),
    ).toBeInTheDocument();
    expect(screen.getByText('1h00m ago: 4 done, 1 failed')).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(
      '0.1 GiB are freeRun the sweeper',
    );
  });
});
