import type { Intent } from '@agentic-backstage/plugin-agentic-common';
import { titleOf } from '../knowledge/capabilities';
import type { Settled } from './settle';

/** The decided fields of an intent; a field that is missing has an obstacle that says why. */
export interface IntentFields {
  readonly serviceName?: Settled<string>;
  readonly description?: Settled<string>;
  readonly owner?: Settled<string>;
  readonly language?: Settled<string>;
  readonly pattern?: Settled<string>;
  readonly database?: Settled<string>;
  readonly environment?: Settled<string>;
  readonly port?: Settled<number>;
  readonly highAvailability?: Settled<boolean>;
  readonly monthlyBudget?: Settled<number>;
  readonly cloudProvider?: Settled<string>;
}

/** The intent that complete fields make, with the origin of each and the words it was read from; undefined while one is missing. */
export function toIntent(fields: IntentFields): Intent | undefined {
  const {
    serviceName,
    owner,
    language,
    pattern,
    database,
    environment,
    port,
    highAvailability,
    monthlyBudget,
    cloudProvider,
  } = fields;
  if (
    !serviceName ||
    !owner ||
    !language ||
    !pattern ||
    !database ||
    !environment ||
    !port ||
    !highAvailability
  ) {
    return undefined;
  }
  const description = fields.description ?? {
    value: `${titleOf(pattern.value)} on ${titleOf(
      language.value,
    )} with ${titleOf(database.value)}`,
    origin: 'default',
  };
  const origins: Record<string, string> = { description: description.origin };
  const words: Record<string, string> = {};
  for (const [field, settled] of Object.entries(fields)) {
    if (settled) origins[field] = settled.origin;
    if (settled?.words) words[field] = settled.words;
  }
  return {
    type: 'create-service',
    serviceName: serviceName.value,
    description: description.value,
    owner: owner.value,
    language: language.value,
    pattern: pattern.value,
    database: database.value,
    environment: environment.value,
    port: port.value,
    highAvailability: highAvailability.value,
    ...(monthlyBudget && { monthlyBudget: monthlyBudget.value }),
    ...(cloudProvider && { cloudProvider: cloudProvider.value }),
    origins,
    ...(Object.keys(words).length > 0 && { words }),
  };
}
