import { SCOPE_HASH, aPlan, anEvent } from '../__fixtures__/sampleDomain';
import type { AgenticApi } from './AgenticApi';
import { createAgenticClient } from './createAgenticClient';
import type { AgenticRequestError } from './AgenticRequestError';

interface Call {
  readonly url: string;
  readonly init: RequestInit;
}

function streamOf(...pieces: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      pieces.forEach(piece => controller.enqueue(encoder.encode(piece)));
      controller.close();
    },
  });
}

function clientAnswering(answer: {
  status?: number;
  body?: unknown;
  text?: string;
  stream?: ReadableStream<Uint8Array>;
}) {
  const calls: Call[] = [];
  const status = answer.status ?? 200;
  const client = createAgenticClient({
    discoveryApi: { getBaseUrl: async id => `http://portal.test/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        calls.push({ url: String(input), init: init ?? {} });
        return new Response(
          answer.stream ?? answer.text ?? JSON.stringify(answer.body ?? {}),
          { status, statusText: 'Status text' },
        );
      },
    },
  });
  return { client, calls };
}

function sentBody(call: Call): unknown {
  return JSON.parse(String(call.init.body));
}

describe('createAgenticClient', () => {
  it.each([
    [
      'lists workflows by every filter that is set',
      (client: AgenticApi) =>
        client.listWorkflows({
          status: 'failed',
          service: 'orders api',
          environment: undefined,
          limit: 20,
          cursor: 'c/1',
        }),
      '/workflows?status=failed&service=orders+api&limit=20&cursor=c%2F1',
    ],
    [
      'keeps ids from leaving their place in the path',
      (client: AgenticApi) => client.getWorkflow('../x?y'),
      '/workflows/..%2Fx%3Fy',
    ],
    [
      'asks for a file by its path',
      (client: AgenticApi) =>
        client.getFile({
          workflowId: 'wf-1',
          artifactId: 'a-1',
          path: 'src/a b.ts',
        }),
      '/workflows/wf-1/files/a-1?path=src%2Fa+b.ts',
    ],
    [
      'asks for the inbox with what it is narrowed by',
      (client: AgenticApi) =>
        client.getApprovalInbox({
          status: 'open',
          agent: 'codegen',
          limit: 25,
        }),
      '/approvals/inbox?status=open&agent=codegen&limit=25',
    ],
    [
      'compares two versions of a plan',
      (client: AgenticApi) =>
        client.comparePlanVersions('wf-1', { from: 1, to: 3 }),
      '/workflows/wf-1/plans/difference?from=1&to=3',
    ],
  ])('%s', async (_fact, call, expected) => {
    const { client, calls } = clientAnswering({});
    await call(client);
    expect(calls[0].url).toBe(`http://portal.test/api/agentic${expected}`);
  });

  it.each([
    [
      'plans without spending the key of the request',
      (client: AgenticApi) =>
        client.previewWorkflow({
          description: 'x',
          parameters: {},
          idempotencyKey: 'k',
          expectedPlanHash: SCOPE_HASH,
        }),
      '/workflows',
      { description: 'x', parameters: {}, dryRun: true },
    ],
    [
      'creates with the key of the request',
      (client: AgenticApi) =>
        client.createWorkflow({ parameters: {}, idempotencyKey: 'k' }),
      '/workflows',
      { parameters: {}, idempotencyKey: 'k' },
    ],
    [
      'pauses with a reason',
      (client: AgenticApi) => client.controlWorkflow('wf-1', 'pause', 'lunch'),
      '/workflows/wf-1/pause',
      { reason: 'lunch' },
    ],
    [
      'starts again from a task',
      (client: AgenticApi) =>
        client.retryWorkflow('wf-1', { fromTask: 't2', reason: 'again' }),
      '/workflows/wf-1/retry',
      { fromTask: 't2', reason: 'again' },
    ],
    [
      'retries one task',
      (client: AgenticApi) =>
        client.retryWorkflow('wf-1', { taskId: 't2', reason: '' }),
      '/workflows/wf-1/retry',
      { taskId: 't2', reason: '' },
    ],
    [
      'decides with the scope that was shown',
      (client: AgenticApi) =>
        client.decideApproval('a-1', {
          decision: 'approve',
          reason: 'fine',
          scopeHash: SCOPE_HASH,
        }),
      '/approvals/a-1/decision',
      { decision: 'approve', reason: 'fine', scopeHash: SCOPE_HASH },
    ],
    [
      'notes that the details of an approval were seen',
      (client: AgenticApi) => client.seeApproval('a-1', true),
      '/approvals/a-1/seen',
      { details: true },
    ],
    [
      'changes a request that was shown',
      (client: AgenticApi) =>
        client.reviseWorkflow('wf-1', {
          planHash: SCOPE_HASH,
          parameters: { port: 4020 },
          reason: 'taken',
        }),
      '/workflows/wf-1/revise',
      { planHash: SCOPE_HASH, parameters: { port: 4020 }, reason: 'taken' },
    ],
    [
      'stops a deployment with a reason',
      (client: AgenticApi) => client.stopDeployment('d-1', 'done'),
      '/deployments/d-1/stop',
      { reason: 'done' },
    ],
  ])('%s', async (_fact, call, path, body) => {
    const { client, calls } = clientAnswering({});
    await call(client);
    expect(calls[0].url).toBe(`http://portal.test/api/agentic${path}`);
    expect(calls[0].init.method).toBe('POST');
    expect(sentBody(calls[0])).toEqual(body);
  });

  it('carries the plan as it is now when another one was shown', async () => {
    const plan = aPlan();
    const { client } = clientAnswering({
      status: 409,
      body: { error: { name: 'ConflictError', message: 'Another plan', plan } },
    });
    const refused = client.createWorkflow({ parameters: {} });
    await expect(refused).rejects.toMatchObject({ kind: 'conflict', plan });
  });

  it('carries problems and questions of a refusal', async () => {
    const problems = [
      { field: 'port', message: 'too low', remedy: 'use 4000' },
    ];
    const questions = [
      { field: 'database', question: 'Which?', options: ['none'] },
    ];
    const { client } = clientAnswering({
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: 'Not clear',
          problems,
          questions,
        },
      },
    });
    const error = await client.previewWorkflow({ parameters: {} }).then(
      () => undefined,
      (thrown: AgenticRequestError) => thrown,
    );
    expect(error).toMatchObject({
      name: 'InputError',
      message: 'Not clear',
      status: 400,
      kind: 'invalid',
      problems,
      questions,
    });
  });

  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [404, 'missing'],
    [409, 'conflict'],
    [413, 'invalid'],
    [502, 'failed'],
  ])('sorts an answer of %s that is no JSON as %s', async (status, kind) => {
    const { client } = clientAnswering({ status, text: '<html>' });
    await expect(client.getWorkflow('wf-1')).rejects.toMatchObject({
      kind,
      message: expect.stringContaining(String(status)),
    });
  });

  describe('streamEvents', () => {
    async function collect(
      client: AgenticApi,
      after: number,
    ): Promise<number[]> {
      const seen: number[] = [];
      const { signal } = new AbortController();
      for await (const event of client.streamEvents('wf-1', {
        after,
        signal,
      })) {
        seen.push(event.seq);
      }
      return seen;
    }

    it('yields events, skips what is none, and ends with the connection', async () => {
      const event = (seq: number) =>
        `id: ${seq}\ndata: ${JSON.stringify(anEvent({ seq }))}\n\n`;
      const { client, calls } = clientAnswering({
        stream: streamOf(
          event(1).slice(0, 20),
          `${event(1).slice(20)}: heartbeat\n\ndata: nonsense\n\n`,
          `data: {"other":true}\n\n${event(2)}`,
        ),
      });
      await expect(collect(client, 0)).resolves.toEqual([1, 2]);
      expect(calls[0].url).toBe(
        'http://portal.test/api/agentic/workflows/wf-1/events',
      );
      expect(calls[0].init.headers).toEqual({ Accept: 'text/event-stream' });
    });

    it('resumes after the last event it was given', async () => {
      const { client, calls } = clientAnswering({ stream: streamOf('') });
      await collect(client, 41);
      expect(calls[0].url).toContain('/workflows/wf-1/events?after=41');
      expect(calls[0].init.headers).toMatchObject({ 'Last-Event-ID': '41' });
    });

    it('throws when the backend refuses the stream', async () => {
      const { client } = clientAnswering({ status: 403, body: {} });
      await expect(collect(client, 0)).rejects.toMatchObject({
        kind: 'denied',
      });
    });
  });
});
