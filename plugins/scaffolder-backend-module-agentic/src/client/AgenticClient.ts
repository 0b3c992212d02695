import {
  CreateWorkflowRequest,
  CreateWorkflowResponse,
  GenerateRequest,
  GenerateResponse,
  PlanPreview,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import type { z } from 'zod';
import { WorkflowProgress } from './WorkflowProgress';
import { errorFromResponse } from './errorFromResponse';
import { parseOrInputError } from './parseOrInputError';

/** On whose behalf a call is made, and what ends it early. */
export interface CallOptions {
  readonly credentials: BackstageCredentials;
  readonly signal?: AbortSignal;
}

/**
 * Calls the agentic backend as the person who runs the template. Requests and answers are checked
 * against the schemas of the API; what the API refuses becomes an error that names the field.
 */
export class AgenticClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** Starts a workflow; with the same idempotency key again it answers the first one. */
  async startWorkflow(
    request: z.input<typeof CreateWorkflowRequest>,
    options: CallOptions,
  ): Promise<CreateWorkflowResponse> {
    const body = parseOrInputError(CreateWorkflowRequest, request);
    return this.#call(CreateWorkflowResponse, '/workflows', options, {
      ...body,
      dryRun: false,
    });
  }

  /** Answers the plan that a workflow would follow, and stores nothing. */
  async previewPlan(
    request: z.input<typeof CreateWorkflowRequest>,
    options: CallOptions,
  ): Promise<PlanPreview> {
    const body = parseOrInputError(CreateWorkflowRequest, request);
    return this.#call(PlanPreview, '/workflows', options, {
      ...body,
      dryRun: true,
    });
  }

  /** Answers how far a workflow has come. */
  async getProgress(
    workflowId: string,
    options: CallOptions,
  ): Promise<WorkflowProgress> {
    return this.#call(
      WorkflowProgress,
      `/workflows/${encodeURIComponent(workflowId)}`,
      options,
    );
  }

  /** Renders and checks files without any effect. */
  async generate(
    request: z.input<typeof GenerateRequest>,
    options: CallOptions,
  ): Promise<GenerateResponse> {
    const body = parseOrInputError(GenerateRequest, request);
    return this.#call(GenerateResponse, '/generate', options, body);
  }

  async #call<TSchema extends z.ZodType>(
    schema: TSchema,
    path: string,
    { credentials, signal }: CallOptions,
    body?: object,
  ): Promise<z.output<TSchema>> {
    const baseUrl = await this.#discovery.getBaseUrl('agentic');
    // A new token for every call: a template may run longer than one lasts.
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'agentic',
    });
    let response: Response;
    try {
      response = await fetch(`${baseUrl}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body && { 'Content-Type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
        signal,
      });
    } catch (error) {
      throw new ForwardedError(
        'The agentic backend could not be reached; check that its plugin is installed and running',
        error,
      );
    }
    if (!response.ok) {
      throw await errorFromResponse(response);
    }
    const parsed = schema.safeParse(await response.json());
    if (!parsed.success) {
      throw new Error(
        `The agentic backend answered ${path} in a form this action does not understand; install the same version of both packages`,
        { cause: parsed.error },
      );
    }
    return parsed.data;
  }
}
