import type { ComplianceReport } from '../schema';

const DECISIONS: Readonly<Record<ComplianceReport['decision'], string>> = {
  allow: 'Every file passed the check of its format.',
  deny: 'At least one file broke a rule of high or critical severity.',
  needs_review:
    'No file broke a rule of high or critical severity, but some were not looked at.',
};

function cell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s+/g, ' ');
}

function table(head: readonly string[], rows: readonly string[][]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Writes a compliance report for people, as Markdown. */
export function renderReport(
  serviceName: string,
  report: ComplianceReport,
): string {
  const { decision, files, violations, notCovered } = report;
  return [
    `# Compliance report of ${serviceName}`,
    '',
    `**Decision: ${decision}.** ${DECISIONS[decision]}`,
    '',
    `${files.passed} files passed, ${files.failed} failed, ${files.needsReview} need a review.`,
    '',
    `Controls covered: ${report.controlsCoverage}.`,
    '',
    '## Violations',
    '',
    ...(violations.length === 0
      ? ['None.']
      : table(
          ['Severity', 'File', 'Rule', 'What is wrong', 'Remedy'],
          violations.map(({ severity, file, line, rule, message, remedy }) => [
            severity,
            cell(line ? `${file}:${line}` : file ?? ''),
            cell(rule),
            cell(message),
            cell(remedy ?? ''),
          ]),
        )),
    '',
    '## Not looked at',
    '',
    ...(notCovered.length === 0
      ? ['Every file has a checker.']
      : table(
          ['File', 'Reason'],
          notCovered.map(({ path, reason }) => [cell(path), cell(reason)]),
        )),
    '',
  ].join('\n');
}
