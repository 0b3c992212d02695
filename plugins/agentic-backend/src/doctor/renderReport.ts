import type { Finding, FindingLevel } from './Finding';

const MARKS: Readonly<Record<FindingLevel, string>> = {
  ok: 'ok     ',
  warning: 'WARNING',
  error: 'ERROR  ',
  skipped: 'skipped',
};

/** The findings as lines for people, and what they come to. */
export function renderReport(findings: readonly Finding[]): string {
  const count = (level: FindingLevel) =>
    findings.filter(finding => finding.level === level).length;
  return [
    ...findings.flatMap(({ id, level, checked, found, remedy }) => [
      `${MARKS[level]} ${id}: ${checked}`,
      `        ${found}`,
      ...(remedy ? [`        -> ${remedy}`] : []),
    ]),
    '',
    `${count('error')} errors, ${count('warning')} warnings, ${count(
      'ok',
    )} ok, ${count('skipped')} skipped`,
    '',
  ].join('\n');
}
