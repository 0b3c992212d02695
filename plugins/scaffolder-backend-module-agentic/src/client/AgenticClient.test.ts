import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  startFakeAgenticApi,
  type FakeAgenticApi,
  type FakeAnswer,
} from '../__testUtils__/startFakeAgenticApi';
import { AgenticClient } from './AgenticClient';

const problem = {
  field: 'parameters.language',
  message: 'python is not built yet.',
  remedy: 'Choose nodejs.',
};
const question = {
  field: 'database',
  question: 'Which database is meant?',
  options: ['postgresql', 'none'],
};

describe('AgenticClient', () => {
  let api: FakeAgenticApi;
  const start = (client = api.client) =>
    client.startWorkflow(
      { parameters: { serviceName: 'user-service' } },
      { credentials: mockCredentials.user() },
    );

  beforeAll(async () => {
    api = await startFakeAgenticApi();
  });
  beforeEach(() => api.reset());
  afterAll(() => api?.stop());

  it.each<[string, FakeAnswer, string, string | RegExp]>([
    [
      'the planner refuses',
      {
        status: 400,
        body: {
          error: {
            name: 'InputError',
            message: 'all of it in one line',
            problems: [problem],
            questions: [question],
          },
        },
      },
      'InputError',
      'The request cannot be carried out as it stands.\nparameters.language: python is not built yet. Choose nodejs.\ndatabase: Which database is meant? (postgresql, none)',
    ],
    [
      'the name is taken',
      {
        status: 409,
        body: { error: { name: 'ConflictError', message: 'it is taken' } },
      },
      'InputError',
      'it is taken',
    ],
    [
      'problems come in an unknown form',
      {
        status: 400,
        body: { error: { message: 'no', problems: 'several', questions: 7 } },
      },
      'InputError',
      'no',
    ],
    [
      'the person may not',
      { status: 403, body: { error: { message: 'not you' } } },
      'NotAllowedError',
      'not you',
    ],
    [
      'the backend is starting',
      { status: 503, contentType: 'text/html', body: '<h1>Wait</h1>' },
      'ServiceUnavailableError',
      /answered 503/,
    ],
    [
      'the answer has another form',
      { status: 201, contentType: 'application/json', body: { id: 1 } },
      'Error',
      /answered \/workflows in a form this action does not understand/,
    ],
  ])('throws what happened when %s', async (_, answer, name, message) => {
    api.answerWith(answer);
    const error = await start().catch(e => e);
    expect(error.name).toBe(name);
    expect(error.message).toMatch(message);
  });

  it('says so when the backend cannot be reached', async () => {
    const { baseUrl, stop } = await startFakeAgenticApi();
    await stop();
    const unreachable = new AgenticClient({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async () => baseUrl,
        getExternalBaseUrl: async () => baseUrl,
      },
    });
    await expect(start(unreachable)).rejects.toThrow(
      /agentic backend could not be reached/,
    );
  });

  it('keeps an id with special characters inside its path segment', async () => {
    api.answerWith({ status: 404, body: { error: { message: 'unknown' } } });
    await api.client
      .getProgress('../approvals', { credentials: mockCredentials.user() })
      .catch(() => undefined);
    expect(api.requests[0].route).toBe('GET /workflows/..%2Fapprovals');
  });
});
