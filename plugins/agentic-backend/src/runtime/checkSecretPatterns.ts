import { isSecretPattern } from '@agentic-backstage/plugin-agentic-node';

/** Throws for a pattern that can cover nothing: it would only show when a secret is refused. */
export function checkSecretPatterns(
  who: string,
  patterns: readonly string[] = [],
): void {
  const bad = patterns.find(pattern => !isSecretPattern(pattern));
  if (bad !== undefined) {
    throw new Error(
      `${who} declares the secrets '${bad}', which is no pattern; write <store>/<path> with *, {service}, {environment} or /** at the end`,
    );
  }
}
