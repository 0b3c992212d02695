import type { AuditFilter } from '@agentic-backstage/plugin-agentic-common';

/** What the audit page is narrowed by, as it stands in the address; empty text means everything. */
export interface AuditView {
  readonly workflow: string;
  readonly kind: string;
  readonly actor: string;
  readonly service: string;
  readonly environment: string;
  /** First and last day, `YYYY-MM-DD` in the reader's time zone. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

const NAMES = [
  'workflow',
  'kind',
  'actor',
  'service',
  'environment',
  'from',
  'to',
  'text',
] as const satisfies readonly (keyof AuditView)[];

/** Reads the view from an address. */
export function readView(search: URLSearchParams): AuditView {
  return Object.fromEntries(
    NAMES.map(name => [name, search.get(name) ?? '']),
  ) as Record<(typeof NAMES)[number], string>;
}

/** The address with the view changed; what is empty is left out. */
export function writeView(
  search: URLSearchParams,
  change: Partial<AuditView>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value) {
      next.set(name, value);
    } else {
      next.delete(name);
    }
  }
  return next;
}

/** What the backend is asked for. Days count from midnight to midnight where the reader is. */
export function toFilter(view: AuditView): AuditFilter {
  const { from, to, ...texts } = view;
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text)),
    from: midnight(from, 0),
    to: midnight(to, 1),
  };
}

/** Says whether the view is narrowed at all. */
export function isNarrowed(view: AuditView): boolean {
  return NAMES.some(name => view[name] !== '');
}

function midnight(day: string, daysLater: number): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) {
    return undefined;
  }
  const [, year, month, date] = parts.map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
