import type { EnvironmentView } from '@agentic-backstage/plugin-agentic-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPlan, PLAN_HASH } from '../../__fixtures__/sampleDomain';
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
    expect(screen.getByLabelText('Service name')).toHaveValue('orders-api');
    expect(api.requestsOf('createWorkflow')).toEqual([]);
    await userEvent.click(start);
    await waitFor(() =>
      expect(api.requestsOf('createWorkflow')).toHaveLength(1),
    );
    expect(api.requestsOf('createWorkflow')[0]).toEqual({
      ...(api.requestsOf('previewWorkflow')[0] as object),
      expectedPlanHash: PLAN_HASH,
    });
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

  it('keeps the plan on the screen while the words change, but does not start it, and plans anew', async () => {
    const api = new FakeAgenticApi();
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api');
    await screen.findByRole('button', { name: 'Start' });
    await userEvent.type(screen.getByLabelText('Your request'), ' now');
    expect(screen.getByRole('button', { name: 'Start' })).toBeDisabled();
    expect(screen.getByText(/^Planning anew/)).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Tasks' })).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Start' })).toBeEnabled(),
    );
    // Every key stroke would be a plan too many.
    expect(api.requestsOf('previewWorkflow')).toHaveLength(2);
    expect(api.requestsOf('previewWorkflow')[1]).toMatchObject({
      description: 'Create orders-api now',
    });
  });

  it('shows no plan of words that were changed while it was made', async () => {
    const api = new FakeAgenticApi({
      previews: [{ plan: aPlan({ planHash: 'b2'.repeat(32) }) }],
    });
    let release: () => void = () => undefined;
    const answer = api.previewWorkflow.bind(api);
    api.previewWorkflow = async request => {
      const first = api.requestsOf('previewWorkflow').length === 0;
      const found = answer(request);
      if (first) await new Promise<void>(resolve => (release = resolve));
      return found;
    };
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api');
    await userEvent.type(screen.getByLabelText('Your request'), '!');
    release();
    await userEvent.click(await screen.findByRole('button', { name: 'Start' }));
    await waitFor(() =>
      expect(api.requestsOf('createWorkflow')).toMatchObject([
        { description: 'Create orders-api!', expectedPlanHash: PLAN_HASH },
      ]),
    );
  });

  it('says where each value was read, and what was only supposed', async () => {
    const plan = aPlan();
    const api = new FakeAgenticApi({
      previews: [
        {
          plan: {
            ...plan,
            intent: {
              ...plan.intent,
              words: { database: 'PostgreSQL', serviceName: 'orders-api' },
            },
          },
        },
      ],
    });
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api with PostgreSQL');
    const understood = await screen.findByRole('region', {
      name: 'What was understood',
    });
    expect(
      [...understood.querySelectorAll('mark')].map(mark => mark.textContent),
    ).toEqual(['orders-api (Service name)', 'PostgreSQL (Database)']);
    expect(screen.getByLabelText('Database')).toHaveAccessibleDescription(
      'From your words: “PostgreSQL”',
    );
    expect(screen.getByLabelText('Port')).toHaveAccessibleDescription(
      'Nobody said so: the default',
    );
  });

  it('shows what a change of a field does to the plan', async () => {
    const plan = aPlan();
    const api = new FakeAgenticApi({
      previews: [
        { plan },
        {
          plan: {
            ...plan,
            planHash: 'b2'.repeat(32),
            intent: { ...plan.intent, highAvailability: true },
            estimatedCost: { ...plan.estimatedCost, monthly: 24.82 },
            tasks: plan.tasks.slice(0, 5),
          },
        },
      ],
    });
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api');
    await userEvent.click(
      await screen.findByRole('combobox', { name: 'High availability' }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'Yes' }));
    const changes = await screen.findByRole('region', {
      name: 'What changed in the plan',
    });
    expect(changes).toHaveTextContent('High availability: no → yes');
    expect(changes).toHaveTextContent(/Estimated cost: .*12.41.*24.82/);
    expect(changes).toHaveTextContent('Task gone: t6 Watch the service');
    expect(api.requestsOf('previewWorkflow')[1]).toMatchObject({
      parameters: { highAvailability: true },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    await waitFor(() =>
      expect(api.requestsOf('createWorkflow')).toMatchObject([
        { expectedPlanHash: 'b2'.repeat(32) },
      ]),
    );
  });

  it('refuses a contradiction in place, with a way out, and starts nothing meanwhile', async () => {
    const plan = aPlan();
    const api = new FakeAgenticApi({
      previews: [
        {
          plan: {
            ...plan,
            intent: { ...plan.intent, words: { database: 'PostgreSQL' } },
          },
        },
        refusal({
          problems: [
            {
              field: 'parameters.database',
              message:
                'the form says database “none” and the words say “PostgreSQL”',
              remedy: 'Change one of them, so that they agree.',
            },
          ],
        }),
      ],
    });
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api with PostgreSQL, in staging');
    const database = await screen.findByLabelText('Database');
    await userEvent.clear(database);
    await userEvent.type(database, 'none');
    const wayOut = await screen.findByRole('button', {
      name: 'Take “PostgreSQL” out of the words',
    });
    expect(screen.getByLabelText('Database')).toHaveAccessibleDescription(
      /so that they agree/,
    );
    expect(screen.getByRole('button', { name: 'Start' })).toBeDisabled();
    expect(
      screen.getByText(/the last one that could be made/),
    ).toBeInTheDocument();
    await userEvent.click(wayOut);
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Start' })).toBeEnabled(),
    );
    expect(api.requestsOf('previewWorkflow').at(-1)).toMatchObject({
      description: 'Create orders-api with, in staging',
      parameters: { database: 'none' },
    });
  });

  it('starts nothing when the plan is another one by now, and shows that one', async () => {
    const now = aPlan({ planHash: 'b2'.repeat(32), estimatedSeconds: 60 });
    const api = new FakeAgenticApi();
    api.failWith(
      'createWorkflow',
      new AgenticRequestError({
        name: 'ConflictError',
        message: 'The plan is another one.',
        status: 409,
        plan: now,
      }),
    );
    renderPage(<NewWorkflowPage />, { api });
    await describeNeed('Create orders-api');
    await userEvent.click(await screen.findByRole('button', { name: 'Start' }));
    expect(
      await screen.findByText(
        'The plan is not the one you were shown any more',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'What changed in the plan' }),
    ).toHaveTextContent('Estimated time: 12m → 1m');
    api.failWith('createWorkflow', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    await waitFor(() =>
      expect(api.requestsOf('createWorkflow').at(-1)).toMatchObject({
        expectedPlanHash: now.planHash,
      }),
    );
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
