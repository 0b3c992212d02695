import type { SecretUse } from './LentSecrets';

/** What a launch task may use: what it declared, for no service in particular. */
export function launchUse(id: string, patterns: readonly string[]): SecretUse {
  return {
    actor: 'system',
    tool: id,
    names: {},
    declared: [{ who: `The launch task '${id}'`, patterns }],
  };
}
