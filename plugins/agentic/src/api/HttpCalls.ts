import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { parseErrorResponse } from './parseErrorResponse';

type Value = string | number | undefined;
type Query = Readonly<Record<string, Value | readonly string[]>>;

/** One part of a path, whatever is in it. */
export const segment = encodeURIComponent;

/** A path with those of the parameters that say something. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') {
        search.append(key, String(one));
      }
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Sends requests to the agentic backend as the signed-in user; a refusal is thrown as an `AgenticRequestError`. */
export class HttpCalls {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.request(path, {
      headers: { Accept: 'application/json' },
    });
    return (await response.json()) as T;
  }

  async post<T>(path: string, body: object): Promise<T> {
    const response = await this.send(path, body);
    return (await response.json()) as T;
  }

  async send(path: string, body: object): Promise<Response> {
    return this.request(path, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  }

  async request(path: string, init: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('agentic');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await parseErrorResponse(response);
    }
    return response;
  }
}
