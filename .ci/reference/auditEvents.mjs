import { common, openApiDocument, severityOf } from '../sources.mjs';
import { code, pageOf, table, writtenFrom } from './markdown.mjs';

/** `docs/reference/audit-events.md` */
export function auditEventsPage() {
  const { paths } = openApiDocument();
  const operations = Object.entries(paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      id: operationId.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
      method: method.toUpperCase(),
      route,
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
    '## Requests that change something',
    'One event for each request, with how it ended; besides them the reading of whole records is told of.',
    table(
      ['event id', 'route'],
      operations
        .filter(({ method }) => method === 'POST')
        .map(({ id, method, route }) => [
          code(`request-${id}`),
          code(`${method} ${route}`),
        ]),
    ),
  );
}
