import { ApprovalStatus } from '@agentic-backstage/plugin-agentic-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the inbox shows. */
export interface InboxFilter {
  readonly status: ApprovalStatus;
  readonly environment?: string;
  readonly agent?: string;
  readonly requestedBy?: string;
}

const FACETS = ['environment', 'agent', 'requestedBy'] as const;

/** The filter of the inbox stands in the address, so that it can be kept and sent on. */
export function useInboxFilter(): readonly [
  InboxFilter,
  (filter: InboxFilter) => void,
] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const filter = useMemo(() => {
    const params = new URLSearchParams(text);
    return {
      status: ApprovalStatus.catch('open').parse(params.get('status')),
      ...Object.fromEntries(
        FACETS.flatMap(facet => {
          const value = params.get(facet);
          return value ? [[facet, value]] : [];
        }),
      ),
    };
  }, [text]);
  const setFilter = (next: InboxFilter) => {
    const params = new URLSearchParams();
    if (next.status !== 'open') params.set('status', next.status);
    for (const facet of FACETS) {
      if (next[facet]) params.set(facet, next[facet]);
    }
    setSearch(params, { replace: true });
  };
  return [filter, setFilter];
}
