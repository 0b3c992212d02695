import type { Intent } from '@agentic-backstage/plugin-agentic-common';
import { FORM_FIELDS, type FormField } from './requestForm';

/** A stretch of the request: the fields that were read from it, or none. */
export interface Stretch {
  readonly text: string;
  readonly fields: readonly FormField['name'][];
}

/**
 * Cuts a request into what was read as something and what was not, in the order of the words. A value
 * whose words do not stand in the text, or overlap with others, is left out: its field says them anyway.
 */
export function findReadings(
  description: string,
  { words = {} }: Pick<Intent, 'words'>,
): readonly Stretch[] {
  const found = new Map<
    string,
    { from: number; to: number; fields: FormField['name'][] }
  >();
  for (const [field, quote] of Object.entries(words)) {
    const name = FORM_FIELDS.find(each => each.name === field)?.name;
    const known = found.get(quote);
    const from = quote === '' ? -1 : description.indexOf(quote);
    if (name && known) {
      known.fields.push(name);
    } else if (name && from >= 0) {
      found.set(quote, { from, to: from + quote.length, fields: [name] });
    }
  }
  const stretches: Stretch[] = [];
  let position = 0;
  for (const { from, to, fields } of [...found.values()].sort(
    (a, b) => a.from - b.from,
  )) {
    if (from >= position) {
      stretches.push(
        { text: description.slice(position, from), fields: [] },
        { text: description.slice(from, to), fields },
      );
      position = to;
    }
  }
  stretches.push({ text: description.slice(position), fields: [] });
  return stretches.filter(({ text }) => text !== '');
}
