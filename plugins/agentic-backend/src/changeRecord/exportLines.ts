import type { AuditEntry } from '@agentic-backstage/plugin-agentic-common';

const COLUMNS = [
  'at',
  'chain',
  'seq',
  'kind',
  'actor',
  'subject',
  'serviceName',
  'environment',
  'payloadDigest',
  'previous',
  'hash',
] as const;

/** One JSON object to a line. */
export async function* toNdjson(
  entries: AsyncIterable<AuditEntry>,
): AsyncGenerator<string> {
  for await (const entry of entries) {
    yield `${JSON.stringify(entry)}\n`;
  }
}

/** A table of RFC 4180, the payload as JSON in its last column. */
export async function* toCsv(
  entries: AsyncIterable<AuditEntry>,
): AsyncGenerator<string> {
  yield `${[...COLUMNS, 'payload'].map(toCell).join(',')}\r\n`;
  for await (const entry of entries) {
    const cells = COLUMNS.map(column => toCell(entry[column] ?? ''));
    yield `${[...cells, toCell(JSON.stringify(entry.payload))].join(',')}\r\n`;
  }
}

/**
 * A quoted cell. What a spreadsheet would take for a formula gets an apostrophe in front, so that
 * opening an export runs nothing that somebody wrote into a request.
 */
export function toCell(value: string | number = ''): string {
  const text = String(value);
  const safe = /^[\s]*[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}
