import { WorkflowStatus } from '@agentic-backstage/plugin-agentic-common';
import type { WorkflowQuery } from '../../api/AgenticApi';
import type { Identity } from '../../live/useIdentity';

/** Whose workflows are shown. */
export const VIEWS = ['all', 'mine', 'teams'] as const;
export type View = (typeof VIEWS)[number];

/** What the list is narrowed by; empty text means everything. */
export interface WorkflowFilter {
  readonly status: WorkflowStatus | '';
  readonly environment: string;
  readonly service: string;
  readonly view: View;
}

/** Reads a filter from an address; what it does not know means no filter. */
export function parseFilter(search: URLSearchParams): WorkflowFilter {
  const status = WorkflowStatus.safeParse(search.get('status'));
  return {
    status: status.success ? status.data : '',
    environment: search.get('environment') ?? '',
    service: search.get('service') ?? '',
    view: VIEWS.find(view => view === search.get('view')) ?? 'all',
  };
}

/** The filter as part of an address, in one order, so that equal filters are equal texts. */
export function formatFilter(filter: WorkflowFilter): string {
  const search = new URLSearchParams();
  for (const key of ['view', 'status', 'environment', 'service'] as const) {
    if (filter[key] && filter[key] !== 'all') {
      search.set(key, filter[key]);
    }
  }
  return search.toString();
}

/** Says whether anything is left out. */
export function isFiltered(filter: WorkflowFilter): boolean {
  return formatFilter(filter) !== '';
}

/** What to ask the backend for; undefined where nothing can match, because the person is in no group. */
export function toQuery(
  filter: WorkflowFilter,
  identity: Identity,
): WorkflowQuery | undefined {
  const { view, status, environment, service } = filter;
  if (view === 'teams' && identity.groups.length === 0) {
    return undefined;
  }
  return {
    status: status || undefined,
    environment: environment || undefined,
    service: service || undefined,
    requestedBy: view === 'mine' ? identity.me : undefined,
    owner: view === 'teams' ? identity.groups : undefined,
  };
}
