import type { PolicyResult } from '../evaluation/checkPolicy';

/** The result in lines for people. */
export function toText({
  violations,
  undecided,
  verdict,
  packs,
}: PolicyResult): string {
  return [
    ...violations.map(
      ({ file, line, severity, rule, message, remedy }) =>
        `${file}${
          line === undefined ? '' : `:${line}`
        } ${severity} ${rule}: ${message}\n  ${remedy}`,
    ),
    ...undecided.map(
      ({ file, line, rule, resource }) =>
        `${file}${
          line === undefined ? '' : `:${line}`
        } undecided ${rule}: ${resource} hangs on values that are known later`,
    ),
    `${verdict.replace('_', ' ')}: ${violations.length} violations, ${
      undecided.length
    } undecided (${packs
      .map(({ name, version }) => `${name} ${version}`)
      .join(', ')})`,
  ].join('\n');
}
