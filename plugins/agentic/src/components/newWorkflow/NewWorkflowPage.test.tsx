import type { EnvironmentView } from '@agentic-backstage/plugin-agentic-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPlan } from '../../__fixtures__/sampleDomain';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { NewWorkflowPage } from './NewWorkflowPage';

function refusal(
  parts: Partial<Pick<AgenticRequestError, 'problems' | 'questions'>>,
) {
  return new AgenticRequestError({
    name: 'InputError',
    message: 'The request is not clear enough.',
    status: 400,
    ...parts,
  });
}

const ENVIRONMENTS: readonly EnvironmentView[] = [
  {
    name: 'staging',
    dataClass: 'anonymised',
    requireChangeReason: false,
    requesters: ['everyone'],
    operators: [],
    requiredRoles: ['final'],
    mayRequest: true,
  },
  {
    name: 'production',
    dataClass: 'live',
    requireChangeReason: true,
    requesters: [],
    operators: ['group:default/operators'],
    requiredRoles: ['strategic', 'final'],
    mayRequest: false,
    reason: 'Not open to you; ask one of the operators',
  },
];

async function describeNeed(text: string) {
  await userEvent.click(await screen.findByLabelText('Your request'));
  await userEvent.paste(text);
  await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }));
}

describe('NewWorkflowPage', () => {
  it('shows the plan before anything starts, then starts exactly that', async () => {
    const api = new FakeAgenticApi();
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api');
    const start = await screen.findByRole('button', { name: 'Start' });
    expect(
      screen.getByRole('region', { name: 'What was understood' }),
    ).toHaveTextContent('orders-api');
    expect(api.requestsOf('createWorkflow')).toEqual([]);
    await userEvent.click(start);
    await waitFor(() =>
      expect(api.requestsOf('createWorkflow')).toHaveLength(1),
    );
    expect(api.requestsOf('createWorkflow')[0]).toEqual(
      api.requestsOf('previewWorkflow')[0],
    );
  });

  it('asks what the planner asks, and plans again with the answer', async () => {
    const api = new FakeAgenticApi({
      previews: [
        refusal({
          questions: [
            {
              field: 'parameters.database',
              question: 'Which database does "a store" mean?',
              options: ['postgresql', 'none'],
            },
          ],
        }),
        { plan: aPlan() },
      ],
    });
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('A service with a store');
    expect(
      await screen.findByText('Which database does "a store" mean?'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'postgresql' }));
    expect(
      await screen.findByRole('button', { name: 'Start' }),
    ).toBeInTheDocument();
    expect(api.requestsOf('previewWorkflow')[1]).toMatchObject({
      description: 'A service with a store',
      parameters: { database: 'postgresql' },
    });
  });

  it('waits until every question is answered', async () => {
    const api = new FakeAgenticApi({
      previews: [
        refusal({
          questions: [
            { field: 'language', question: 'Language?', options: ['node'] },
            { field: 'port', question: 'Port?', options: [] },
          ],
        }),
      ],
    });
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('A service');
    await userEvent.click(await screen.findByRole('button', { name: 'node' }));
    expect(api.requestsOf('previewWorkflow')).toHaveLength(1);
    await userEvent.type(screen.getByLabelText('Your answer'), '4100{Enter}');
    await screen.findByRole('button', { name: 'Start' });
    expect(api.requestsOf('previewWorkflow')[1]).toMatchObject({
      parameters: { language: 'node', port: 4100 },
    });
  });

  it('takes words out of the request when the answer says so', async () => {
    const api = new FakeAgenticApi({
      previews: [
        refusal({
          questions: ['blockchain', 'warp'].map(word => ({
            field: 'description',
            question: `I do not know what “${word}” asks for. What is it?`,
            options: ['leave it out'],
          })),
        }),
      ],
    });
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api blockchain warp');
    const buttons = await screen.findAllByRole('button', {
      name: 'leave it out',
    });
    await userEvent.click(buttons[0]);
    expect(api.requestsOf('previewWorkflow')).toHaveLength(1);
    await userEvent.click(buttons[1]);
    await screen.findByRole('button', { name: 'Start' });
    expect(api.requestsOf('previewWorkflow')[1]).toMatchObject({
      description: 'Create orders-api',
      parameters: {},
    });
  });

  it('shows each problem at its field, others above', async () => {
    const api = new FakeAgenticApi({
      previews: [
        refusal({
          problems: [
            {
              field: 'port',
              message: 'Port 80 is too low.',
              remedy: 'Use 4100.',
            },
            {
              field: 'somethingElse',
              message: 'Not built yet.',
              remedy: 'Leave it out.',
            },
          ],
        }),
      ],
    });
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('A service on port 80');
    expect(await screen.findByLabelText('Port')).toHaveAccessibleDescription(
      'Port 80 is too low. Use 4100.',
    );
    expect(screen.getByText(/Not built yet\./)).toHaveTextContent(
      'somethingElse: Not built yet. Leave it out.',
    );
    expect(
      screen.queryByRole('button', { name: 'Start' }),
    ).not.toBeInTheDocument();
  });

  it('drops the plan as soon as the words change', async () => {
    renderPage(<NewWorkflowPage />, { api: new FakeAgenticApi() });
    await describeNeed('Create orders-api');
    await screen.findByRole('button', { name: 'Start' });
    await userEvent.type(screen.getByLabelText('Your request'), '!');
    expect(
      screen.queryByRole('button', { name: 'Start' }),
    ).not.toBeInTheDocument();
  });

  it('says where work may be asked for, and why not elsewhere', async () => {
    const api = new FakeAgenticApi({ environments: ENVIRONMENTS });
    renderPage(<NewWorkflowPage />, { api });
    const list = await screen.findByRole('region', {
      name: 'Where it may run',
    });
    await waitFor(() =>
      expect(list).toHaveTextContent(
        /staging.*You may choose it.*anonymised data, signed as final/,
      ),
    );
    expect(list).toHaveTextContent(
      /production.*Not for you.*needs a reason for the change.*ask one of the operators/,
    );
  });

  it('asks for the reason of a change where the environment needs one', async () => {
    const api = new FakeAgenticApi({
      environments: ENVIRONMENTS.map(environment => ({
        ...environment,
        mayRequest: true,
      })),
    });
    renderPage(<NewWorkflowPage />, { api });
    await screen.findByText('production');
    expect(
      screen.queryByLabelText('Reason for the change'),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByText(/^Details/));
    await userEvent.click(
      screen.getByRole('combobox', { name: 'Environment', hidden: true }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'production' }));
    await userEvent.type(
      screen.getByLabelText('Reason for the change'),
      'Contract starts on Monday',
    );
    await describeNeed('Create orders-api');
    await screen.findByRole('button', { name: 'Start' });
    expect(api.requestsOf('previewWorkflow')[0]).toMatchObject({
      parameters: { environment: 'production' },
      changeReason: 'Contract starts on Monday',
    });
  });

  it('offers no environment that is not for the reader', async () => {
    const api = new FakeAgenticApi({ environments: ENVIRONMENTS });
    renderPage(<NewWorkflowPage />, { api });
    await screen.findByText('production');
    await userEvent.click(
      screen.getByRole('combobox', { name: 'Environment', hidden: true }),
    );
    expect(
      screen.getByRole('option', { name: /production \(not for you\)/ }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('lets environments be typed when they cannot be loaded', async () => {
    const api = new FakeAgenticApi();
    api.failWith('listEnvironments', new Error('The database is away.'));
    renderPage(<NewWorkflowPage />, { api });
    expect(
      await screen.findByText(/Could not load the environments/),
    ).toHaveTextContent('The database is away.');
    await userEvent.type(screen.getByLabelText('Environment'), 'staging');
    await describeNeed('Create orders-api');
    await screen.findByRole('button', { name: 'Start' });
    expect(api.requestsOf('previewWorkflow')[0]).toMatchObject({
      parameters: { environment: 'staging' },
    });
  });

  it('says why it could not be started', async () => {
    const api = new FakeAgenticApi();
    api.failWith('createWorkflow', new Error('orders-api exists already.'));
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api');
    await userEvent.click(await screen.findByRole('button', { name: 'Start' }));
    expect(
      await screen.findByText('orders-api exists already.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Start' })).toBeEnabled();
  });
});
