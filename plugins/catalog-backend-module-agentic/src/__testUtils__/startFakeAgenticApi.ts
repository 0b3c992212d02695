import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { CatalogEntitiesClient } from '../CatalogEntitiesClient';

/** What the fake answers: services, or an answer that is none. */
export type FakeServices =
  | { readonly items: readonly object[] }
  | { readonly status: number; readonly body: string };

/** An agentic backend on loopback that lists services. */
export async function startFakeAgenticApi() {
  let services: FakeServices = { items: [] };
  let beforeAnswer: () => Promise<void> = async () => {};
  const requests: { route: string; authorization?: string }[] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push({
      route: `${request.method} ${request.url?.replace('/api/agentic', '')}`,
      authorization: request.headers.authorization,
    });
    const answer = services;
    await beforeAnswer();
    const { status, body } =
      'items' in answer
        ? { status: 200, body: JSON.stringify(answer) }
        : answer;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  };
  const server = createServer(handle);
  await new Promise<void>(resolve =>
    server.listen({ host: '127.0.0.1', port: 0 }, resolve),
  );
  const { port } = server.address() as AddressInfo;
  const getBaseUrl = async (pluginId: string) =>
    `http://127.0.0.1:${port}/api/${pluginId}`;

  return {
    handle,
    requests,
    /** Sets what is answered from now on. */
    provide: (next: FakeServices) => {
      services = next;
    },
    /** Runs between taking a request and answering it. */
    beforeAnswer: (action: () => Promise<void>) => {
      beforeAnswer = action;
    },
    client: new CatalogEntitiesClient({
      auth: mockServices.auth({ pluginId: 'catalog' }),
      discovery: { getBaseUrl, getExternalBaseUrl: getBaseUrl },
    }),
    stop: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export type FakeAgenticApi = Awaited<ReturnType<typeof startFakeAgenticApi>>;
