import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { ServiceList, type ServiceRecord } from './ServiceRecord';

/** Longest time to wait for the list, in milliseconds. */
const patience = 20_000;

/** Asks the agentic backend for the services it has published, in the catalog's own name. */
export class CatalogEntitiesClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** Answers every service. Throws when the backend cannot be reached or answers something else. */
  async list(): Promise<ServiceRecord[]> {
    const baseUrl = await this.#discovery.getBaseUrl('agentic');
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'agentic',
    });
    const response = await fetch(`${baseUrl}/catalog-entities`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patience),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return ServiceList.parse(await response.json()).items;
  }
}
