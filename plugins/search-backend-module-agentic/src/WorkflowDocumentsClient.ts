import { SearchableWorkflowPage } from '@agentic-backstage/plugin-agentic-common';
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';

/** Longest time to wait for one page, in milliseconds. */
const PATIENCE = 20_000;

/** Asks the agentic backend for what can be found of its workflows, in the search plugin's own name. */
export class WorkflowDocumentsClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** One page, from the cursor of the page before on. Throws when the backend cannot be reached or answers something else. */
  async page(cursor?: string): Promise<SearchableWorkflowPage> {
    const url = new URL(
      `${await this.#discovery.getBaseUrl('agentic')}/searchable-workflows`,
    );
    if (cursor) {
      url.searchParams.set('cursor', cursor);
    }
    // A token lives for minutes and an index may take longer: each page asks for its own.
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'agentic',
    });
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return SearchableWorkflowPage.parse(await response.json());
  }
}
