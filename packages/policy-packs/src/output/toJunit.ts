import type { PolicyResult } from '../evaluation/checkPolicy';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, character => ENTITIES[character])
    .replace(/[^\t\n\r\u0020-\uFFFD]/g, '?');
}

/** The violations as a JUnit report: one failed test for each, and one that passed where there are none. */
export function toJunit({ violations }: PolicyResult): string {
  const cases = violations.map(
    ({ rule, file, line, message, remedy, severity }) =>
      `  <testcase classname="${escape(file)}" name="${escape(
        rule,
      )}">\n    <failure type="${severity}" message="${escape(
        message,
      )}">${escape(
        `${file}${line === undefined ? '' : `:${line}`}: ${remedy}`,
      )}</failure>\n  </testcase>`,
  );
  const all =
    cases.length > 0
      ? cases
      : ['  <testcase classname="policy" name="no violations"/>'];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="policy-check" tests="${
    all.length
  }" failures="${cases.length}">\n${all.join('\n')}\n</testsuite>`;
}
