import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import {
  anEffect,
  aWorkflow,
  sampleTasks,
} from '../../__fixtures__/sampleDomain';
import { renderPage } from '../../__testUtils__/renderPage';
import { WorkflowPage } from './WorkflowPage';

const ENDED = {
  pause: false,
  resume: false,
  cancel: false,
  retry: false,
  retryFrom: true,
};

const cancelled = () =>
  aWorkflow({
    phase: 'cancelled',
    approvals: [],
    tasks: sampleTasks().map(task =>
      task.status === 'completed' ? task : { ...task, status: 'cancelled' },
    ),
    effects: [anEffect({ status: 'rolled_back' })],
    controls: ENDED,
  });

async function open(api: FakeAgenticApi, search = '') {
  renderPage(<WorkflowPage />, {
    api,
    path: `/agentic/workflows/wf-1${search}`,
    mountPath: '/agentic/workflows/:workflowId',
  });
  await userEvent.click(
    await screen.findByRole('button', {
      name: search ? 'Start again from here' : 'Start again from a task',
    }),
  );
  return screen.findByRole('dialog', { name: 'Start again from a task?' });
}

describe('RetryFromDialog', () => {
  it('shows what runs again and what is kept before anything does', async () => {
    const api = new FakeAgenticApi({ workflows: [cancelled()] });
    const dialog = within(await open(api));
    const status = dialog.getByRole('status');
    expect(status).toHaveTextContent(
      /Runs again.*t4 Publish.*t5 Deploy.*t6 Watch.*Is kept.*t1 Generate.*t3 Check/,
    );
    expect(status).toHaveTextContent(
      't4: Would push 4 files to a new repository (dry-run again, and waits for a new approval)',
    );
    await userEvent.click(
      dialog.getByRole('combobox', { name: 'Start again from' }),
    );
    await userEvent.click(screen.getByRole('option', { name: /^t3 / }));
    expect(status).toHaveTextContent(/Runs again.*t3 Check.*Is kept/);
    expect(api.requestsOf('retryWorkflow')).toEqual([]);
    await userEvent.click(dialog.getByLabelText('Reason (optional)'));
    await userEvent.paste('wanted after all');
    await userEvent.click(dialog.getByRole('button', { name: 'Start again' }));
    await waitFor(() =>
      expect(api.requestsOf('retryWorkflow')).toEqual([
        { workflowId: 'wf-1', fromTask: 't3', reason: 'wanted after all' },
      ]),
    );
  });

  it('begins with the task it was opened from, and says when it was refused', async () => {
    const api = new FakeAgenticApi({ workflows: [cancelled()] });
    api.failWith('retryWorkflow', new Error('Somebody else was first.'));
    const dialog = within(await open(api, '?task=t1'));
    expect(dialog.getByRole('status')).toHaveTextContent(
      /Runs again.*t1 Generate.*Is kept.*t2/,
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Start again' }));
    expect(
      await dialog.findByText('Somebody else was first.'),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Start again' })).toBeEnabled();
  });
});
