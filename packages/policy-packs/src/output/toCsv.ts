import type { PolicyResult } from '../evaluation/checkPolicy';

/** A cell. A leading sign would be a formula to spreadsheets. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The violations as CSV (RFC 4180), one a line. */
export function toCsv({ violations }: PolicyResult): string {
  const rows = violations.map(
    ({ rule, severity, file, line, resource, message, remedy, controls }) => [
      rule,
      severity,
      file,
      line,
      resource,
      message,
      remedy,
      Object.entries(controls)
        .map(([framework, ids]) => `${framework}: ${ids.join(' ')}`)
        .join('; '),
    ],
  );
  return [
    [
      'rule',
      'severity',
      'file',
      'line',
      'resource',
      'message',
      'remedy',
      'controls',
    ],
    ...rows,
  ]
    .map(row => row.map(cell).join(','))
    .join('\r\n');
}
