import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import { CAPABILITIES } from '../knowledge/capabilities';
import type { IntentFields } from '../fields/IntentFields';
import { quoted } from '../reading/quoted';
import type { Reading } from '../reading/Reading';

const TITLES = { language: 'language', pattern: 'kind of interface' } as const;

/** A default must not bring back what the words have ruled out. */
export function checkExcluded(
  fields: IntentFields,
  { excluded }: Reading,
): Problem[] {
  return (['language', 'pattern'] as const).flatMap(field => {
    const settled = fields[field];
    const against = excluded.find(
      mention => mention.field === field && mention.value === settled?.value,
    );
    if (settled?.origin !== 'default' || !against) return [];
    return [
      {
        field: 'description',
        message: `the request rules out ${quoted(
          against.words,
        )}, and no other ${TITLES[field]} is built yet`,
        remedy: `Available: ${CAPABILITIES[field].join(', ')}.`,
      },
    ];
  });
}
