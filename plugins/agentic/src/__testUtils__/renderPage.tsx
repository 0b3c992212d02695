import { signalApiRef } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { SWRConfig } from 'swr';
import { agenticApiRef, type AgenticApi } from '../api/AgenticApi';
import {
  agentsRouteRef,
  approvalsRouteRef,
  auditRouteRef,
  incidentsRouteRef,
  newWorkflowRouteRef,
  operationsRouteRef,
  templatesRouteRef,
  workflowsRouteRef,
} from '../routes';
import { BEN } from '../__fixtures__/sampleDomain';

/** Signals that a test sends itself. */
export class FakeSignals {
  readonly #listeners = new Set<(message: JsonObject) => void>();

  subscribe<TMessage extends JsonObject>(
    _channel: string,
    onMessage: (message: TMessage) => void,
  ) {
    const listener = (message: JsonObject) => onMessage(message as TMessage);
    this.#listeners.add(listener);
    return { unsubscribe: () => this.#listeners.delete(listener) };
  }

  send(message: JsonObject): void {
    this.#listeners.forEach(listener => listener(message));
  }
}

/** Renders a page inside a test app as a signed-in person, with our routes mounted. */
export function renderPage(
  element: JSX.Element,
  options: {
    api: AgenticApi;
    path?: string;
    mountPath?: string;
    me?: string;
    groups?: readonly string[];
    denied?: readonly string[];
    signals?: FakeSignals;
  },
) {
  const { denied = [], groups = [], me = BEN } = options;
  // Permissions are cached for the whole browser: each test gets a cache of its own.
  const own = (
    <SWRConfig value={{ provider: () => new Map() }}>{element}</SWRConfig>
  );
  return renderInTestApp(own, {
    initialRouteEntries: [options.path ?? '/'],
    mountPath: options.mountPath,
    mountedRoutes: {
      '/agentic/workflows': workflowsRouteRef,
      '/agentic/approvals': approvalsRouteRef,
      '/agentic/audit': auditRouteRef,
      '/agentic/agents': agentsRouteRef,
      '/agentic/incidents': incidentsRouteRef,
      '/agentic/new': newWorkflowRouteRef,
      '/agentic/operations': operationsRouteRef,
      '/create': templatesRouteRef,
    },
    apis: [
      [agenticApiRef, options.api],
      [signalApiRef, options.signals ?? new FakeSignals()],
      mockApis.identity({
        userEntityRef: me,
        ownershipEntityRefs: [me, ...groups],
      }),
      mockApis.storage(),
      mockApis.permission({
        authorize: ({ permission }) =>
          denied.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    ],
  });
}
