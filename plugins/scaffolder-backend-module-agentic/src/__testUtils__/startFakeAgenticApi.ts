import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateWorkflowRequest,
  CreateWorkflowResponse,
  GenerateRequest,
  GenerateResponse,
  PlanPreview,
} from '@agentic-backstage/plugin-agentic-common';
import { mockServices } from '@backstage/backend-test-utils';
import { AgenticClient } from '../client/AgenticClient';
import { WorkflowProgress } from '../client/WorkflowProgress';
import { aPlan, anAcceptedWorkflow } from './samples';

export interface FakeRequest {
  readonly route: string;
  readonly authorization?: string;
  readonly body?: unknown;
}

/** What to answer next, in the place of the usual answer. */
export interface FakeAnswer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body: unknown;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text ? JSON.parse(text) : undefined;
}

/**
 * An agentic backend on loopback. It refuses bodies that the API's schemas refuse, and checks its own
 * answers against them, so that a test cannot rest on a conversation that the real one would not have.
 */
export async function startFakeAgenticApi() {
  const requests: FakeRequest[] = [];
  const planned: FakeAnswer[] = [];

  const usual = (route: string, body: unknown): FakeAnswer => {
    if (route === 'POST /workflows') {
      return CreateWorkflowRequest.parse(body).dryRun
        ? { body: PlanPreview.parse({ plan: aPlan }) }
        : {
            status: 201,
            body: CreateWorkflowResponse.parse(anAcceptedWorkflow),
          };
    }
    throw new Error(`Unplanned request: ${route}`);
  };

  const checked = (route: string, body: unknown, answer: FakeAnswer) => {
    if ((answer.status ?? 200) < 300 && !answer.contentType) {
      if (route === 'POST /generate') {
        GenerateRequest.parse(body);
        GenerateResponse.parse(answer.body);
      } else if (route.startsWith('GET /workflows/')) {
        WorkflowProgress.parse(answer.body);
      }
    }
    return answer;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const route = `${request.method} ${request.url?.replace(
      '/api/agentic',
      '',
    )}`;
    try {
      const body = await readBody(request);
      requests.push({
        route,
        authorization: request.headers.authorization,
        body,
      });
      const answer = checked(
        route,
        body,
        planned.shift() ?? usual(route, body),
      );
      response.writeHead(answer.status ?? 200, {
        'content-type': answer.contentType ?? 'application/json',
      });
      response.end(
        typeof answer.body === 'string'
          ? answer.body
          : JSON.stringify(answer.body),
      );
    } catch (error) {
      response.writeHead(418, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: { message: `The fake fails: ${error}` } }),
      );
    }
  };
  const server = createServer(handle);
  await new Promise<void>(resolve =>
    server.listen({ host: '127.0.0.1', port: 0 }, resolve),
  );
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;

  return {
    baseUrl,
    /** Answers one request; for mounting the fake in a test backend. */
    handle,
    /** Every request in the order it came. */
    requests,
    /** Answers for the next requests; after them the usual answers come again. */
    answerWith: (...answers: FakeAnswer[]) => planned.push(...answers),
    client: new AgenticClient({
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      discovery: {
        getBaseUrl: async pluginId => `${baseUrl}/api/${pluginId}`,
        getExternalBaseUrl: async pluginId => `${baseUrl}/api/${pluginId}`,
      },
    }),
    reset() {
      requests.length = 0;
      planned.length = 0;
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export type FakeAgenticApi = Awaited<ReturnType<typeof startFakeAgenticApi>>;
