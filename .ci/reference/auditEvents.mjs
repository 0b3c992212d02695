import fs from 'node:fs';
import { common, openApiDocument, severityOf } from '../sources.mjs';
import { code, pageOf, table, writtenFrom } from './markdown.mjs';

const REQUESTS = 'plugins/agentic-backend/src/router/auditRequests.ts';

/** The read-only operations that the auditor is told of also when nothing went wrong. */
function operationsThatLetOut() {
  const [, list] =
    /const LETS_OUT = \[([^\]]+)\]/.exec(fs.readFileSync(REQUESTS, 'utf8')) ??
    [];
  if (!list) {
    throw new Error(`${REQUESTS} has no list LETS_OUT any more`);
  }
  return [...list.matchAll(/'(\w+)'/g)].map(([, id]) => id);
}

/** `docs/reference/audit-events.md` */
export function auditEventsPage() {
  const always = operationsThatLetOut();
  const operations = Object.entries(openApiDocument().paths).flatMap(
    ([route, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        id: operationId.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
        route: `${method.toUpperCase()} ${route}`,
        told:
          method === 'post' || always.includes(operationId)
            ? 'always'
            : 'refused or failed',
      })),
  );
  return pageOf(
    '# Audit events reference',
    writtenFrom(
      '`ChangeKind` in `plugins/agentic-common/src/changeRecord.ts` and the description of the API',
    ),
    'What Backstage’s auditor is told, with the plugin id `agentic`. Backstage hides events of severity `low` unless told otherwise. The records themselves, and what can be relied on, are in [change record](../change-record.md).',
    '## Entries of the change record',
    'One event for each entry, with `chain`, `seq`, `actor`, `subject`, `at` and `hash` in `meta`. Kinds that end in `refused`, `failed`, `unknown` or `broken` are reported as failed, all others as succeeded.',
    table(
      ['kind', 'event id', 'severity'],
      common.ChangeKind.options.map(kind => [
        code(kind),
        code(kind.replace(/[._]/g, '-')),
        severityOf(kind),
      ]),
    ),
    '## Requests',
    'One event of severity `medium` for each request, with the request and how it ended: for what changes something or takes records away always, for what only reads when it was refused or failed. `meta.actor` is `anonymous` where there was no valid token, with `address` and `userAgent`.',
    table(
      ['event id', 'route', 'told'],
      operations.map(({ id, route, told }) => [
        code(`request-${id}`),
        code(route),
        told,
      ]),
    ),
  );
}
