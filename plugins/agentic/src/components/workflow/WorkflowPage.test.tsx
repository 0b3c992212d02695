import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  aDeployment,
  aWorkflow,
  anEffect,
  anEvent,
  at,
  sampleEvents,
  sampleTasks,
} from '../../__fixtures__/sampleDomain';
import { WorkflowsRouter } from '../WorkflowsRouter';

function openWorkflow(api: FakeAgenticApi, search = '') {
  return renderPage(<WorkflowsRouter />, {
    api,
    mountPath: '/agentic/workflows',
    path: `/agentic/workflows/wf-1${search}`,
  });
}

describe('WorkflowPage', () => {
  it('shows when each task was worked on, and the trace of it all', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const api = new FakeAgenticApi({ workflows: [aWorkflow({ traceId })] });
    openWorkflow(api, '?tab=timeline');
    expect(await screen.findByTitle(traceId)).toBeInTheDocument();
    const chart = await screen.findByRole('list', {
      name: 'When each task was worked on',
    });
    const rows = within(chart).getAllByRole('listitem');
    expect(rows).toHaveLength(sampleTasks().length);
    expect(rows[0]).toHaveTextContent(/^t1 .* of work$/);
    expect(rows[rows.length - 1]).toHaveTextContent('not begun');
  });

  it('follows the workflow live', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow()],
      events: sampleEvents(),
    });
    openWorkflow(api);
    const status = await screen.findByRole('status', {
      name: 'Workflow status',
    });
    expect(status).toHaveTextContent('Awaiting approval');
    expect(await screen.findByText('Live')).toBeInTheDocument();

    api.changeWorkflow('wf-1', {
      phase: 'running',
      tasks: sampleTasks().map(task =>
        task.taskId === 't4' ? { ...task, status: 'running' } : task,
      ),
    });
    api.emit(anEvent({ seq: 7, type: 'task', message: 'Task t4 started' }));
    await waitFor(() => expect(status).toHaveTextContent('Running'));
    expect(
      screen.getByRole('button', {
        name: /^Task t4,\s*Publish the repository, Running, after t3$/,
      }),
    ).toBeInTheDocument();
  });

  it('shows a task when its node is chosen with the keyboard', async () => {
    const api = new FakeAgenticApi({ workflows: [aWorkflow()] });
    openWorkflow(api);
    const node = await screen.findByRole('button', { name: /^Task t1,/ });
    act(() => node.focus());
    await userEvent.keyboard('{Enter}');
    const panel = await screen.findByRole('region', {
      name: 't1: Generate the service',
    });
    expect(within(panel).getByText('1 of 3')).toBeInTheDocument();
    expect(within(panel).getByText('7s')).toBeInTheDocument();
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Close task' }),
    );
    expect(panel).not.toBeInTheDocument();
  });

  it('shows cost with price sources, and unknown where there is no price', async () => {
    openWorkflow(new FakeAgenticApi({ workflows: [aWorkflow()] }));
    const cost = await screen.findByRole('table', { name: 'Estimated cost' });
    const priced = within(cost).getByRole('row', { name: /PostgreSQL/ });
    expect(priced).toHaveTextContent('$12.41 a month');
    expect(priced).toHaveTextContent('Public price list, 2026-10-01');
    expect(
      within(cost).getByRole('row', { name: /Network traffic/ }),
    ).toHaveTextContent('unknown');
    expect(screen.getByText(/A person has to look/)).toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'Risks' })).toHaveTextContent(
      'The readiness check queries the database',
    );
  });

  it('says why tasks are held, each reason once, and in the task itself', async () => {
    const heldBecause = 'deployment was stopped by user:default/ben: a leak';
    const tasks = sampleTasks().map(task =>
      ['t4', 't5'].includes(task.taskId) ? { ...task, heldBecause } : task,
    );
    openWorkflow(
      new FakeAgenticApi({ workflows: [aWorkflow({ tasks })] }),
      '?task=t4',
    );
    const panel = await screen.findByRole('region', { name: /^t4: / });
    expect(within(panel).getByText(`Held: ${heldBecause}`)).toBeInTheDocument();
    expect(screen.getAllByText(`Held: ${heldBecause}`)).toHaveLength(2);
  });

  it('offers only the controls that are allowed now', async () => {
    openWorkflow(new FakeAgenticApi({ workflows: [aWorkflow()] }));
    expect(
      await screen.findByRole('button', { name: 'Pause' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Resume' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Retry failed tasks' }),
    ).not.toBeInTheDocument();
  });

  it('cancels after a confirmation, with the reason', async () => {
    const api = new FakeAgenticApi({ workflows: [aWorkflow()] });
    openWorkflow(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Cancel this workflow?',
    });
    expect(api.requestsOf('controlWorkflow')).toEqual([]);
    await userEvent.click(within(dialog).getByRole('textbox'));
    await userEvent.paste('Not needed any more');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel workflow' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(api.requestsOf('controlWorkflow')).toEqual([
      { workflowId: 'wf-1', control: 'cancel', reason: 'Not needed any more' },
    ]);
  });

  it('keeps the dialog open with the reason of a refusal', async () => {
    const api = new FakeAgenticApi({ workflows: [aWorkflow()] });
    api.failWith('controlWorkflow', new Error('It has already ended.'));
    openWorkflow(api);
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause' }),
    );
    expect(
      await within(dialog).findByText('It has already ended.'),
    ).toBeInTheDocument();
  });

  it('retries one failed task', async () => {
    const tasks = sampleTasks().map(task =>
      task.taskId === 't3'
        ? { ...task, status: 'failed' as const, error: 'The linter crashed' }
        : task,
    );
    const api = new FakeAgenticApi({
      workflows: [
        aWorkflow({
          phase: 'failed',
          tasks,
          controls: { pause: false, resume: false, cancel: false, retry: true },
        }),
      ],
    });
    openWorkflow(api, '?task=t3');
    expect(await screen.findByText('The linter crashed')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Retry this task' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Retry task t3?',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Retry' }),
    );
    await waitFor(() =>
      expect(api.requestsOf('retryWorkflow')).toEqual([
        { workflowId: 'wf-1', taskId: 't3', reason: '' },
      ]),
    );
  });

  it('narrows the log by task and level', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow()],
      events: sampleEvents(),
    });
    openWorkflow(api, '?tab=logs');
    const log = await screen.findByRole('log', { name: 'Log' });
    expect(
      await within(log).findByText('Rendered 4 files'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('combobox', { name: 'Level' }));
    await userEvent.click(
      screen.getByRole('option', { name: 'Warnings and errors' }),
    );
    expect(within(log).queryByText('Rendered 4 files')).not.toBeInTheDocument();
    expect(
      await within(log).findByText('No rule covers aws_db_instance'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('combobox', { name: 'Task' }));
    await userEvent.click(screen.getByRole('option', { name: /^t1 / }));
    expect(
      within(log).getByText('No line matches so far.'),
    ).toBeInTheDocument();
  });

  it('tells the history in order without the log', async () => {
    openWorkflow(
      new FakeAgenticApi({
        workflows: [aWorkflow()],
        events: sampleEvents(),
      }),
      '?tab=timeline',
    );
    await screen.findByText(/^Approval requested/);
    const items = within(
      screen.getByRole('list', { name: 'Timeline' }),
    ).getAllByRole('listitem');
    expect(items).toHaveLength(4);
    expect(items[0]).toHaveTextContent('Workflow accepted');
    expect(items[3]).toHaveTextContent('Approval requested');
  });

  it.each([
    ['confirmed', 'Confirmed'],
    ['unknown', 'Unknown'],
    ['absent', 'Not there'],
  ] as const)(
    'shows what looking at the world found: %s',
    async (state, label) => {
      const effect = anEffect({
        status: state === 'confirmed' ? 'confirmed' : 'unknown',
        readBack: {
          state,
          evidence: 'git ls-remote answered 4f2a',
          observedAt: at(20),
        },
      });
      openWorkflow(
        new FakeAgenticApi({ workflows: [aWorkflow({ effects: [effect] })] }),
        '?tab=record',
      );
      const record = await screen.findByRole('region', {
        name: 't4: git.publish',
      });
      const readBack = within(record).getByText(/git ls-remote answered 4f2a/);
      expect(readBack).toHaveTextContent(label);
      expect(within(record).queryAllByText('Confirmed')).toHaveLength(
        state === 'confirmed' ? 2 : 0,
      );
    },
  );

  it('warns that a deployment is not isolated, and stops it with confirmation', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow({ deployments: [aDeployment()] })],
    });
    openWorkflow(api, '?tab=deployment');
    const panel = await screen.findByRole('region', {
      name: 'orders-api 0.1.0 in staging',
    });
    expect(within(panel).getAllByText('not isolated').length).toBeGreaterThan(
      0,
    );
    expect(
      within(panel).getByRole('link', { name: /127\.0\.0\.1:4010/ }),
    ).toHaveAttribute('href', 'http://127.0.0.1:4010');
    await userEvent.click(
      await within(panel).findByRole('button', { name: 'Stop' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stop' }));
    await waitFor(() =>
      expect(api.requestsOf('stopDeployment')).toEqual([
        { deploymentId: 'deployment-1', reason: '' },
      ]),
    );
  });

  it('never makes a link of an address that is not http', async () => {
    openWorkflow(
      new FakeAgenticApi({
        workflows: [
          aWorkflow({
            deployments: [aDeployment({ url: 'data:text/html,hello' })],
          }),
        ],
      }),
      '?tab=deployment',
    );
    expect(await screen.findByText('data:text/html,hello')).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: /data:/ }),
    ).not.toBeInTheDocument();
  });

  it('says when there is no such workflow', async () => {
    openWorkflow(new FakeAgenticApi());
    expect(
      await screen.findByText('We could not find this workflow'),
    ).toBeInTheDocument();
    expect(screen.getByText('There is no workflow wf-1')).toBeInTheDocument();
  });
});
