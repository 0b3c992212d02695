import { meaningOf } from '../reading/findMeaning';
import type { ChoiceField } from '../reading/Meaning';
import type { Reading } from '../reading/Reading';
import type { Obstacles } from '../schema';
import { settle, type Settled } from './settle';

/** A form field as it is meant: nothing typed is nothing said, and synonyms count as the value. */
export function fromForm(
  field: ChoiceField,
  value: string | undefined,
): string | undefined {
  const typed = value?.trim().toLowerCase();
  if (!typed) return undefined;
  const meaning = meaningOf(typed);
  const isField = meaning?.kind === 'choice' && meaning.field === field;
  return isField ? meaning.value : typed;
}

/** Decides a field whose values come from the vocabulary. */
export function settleChoice(
  choice: {
    readonly field: ChoiceField;
    readonly title: string;
    readonly form: string | undefined;
    readonly reading: Reading;
  },
  obstacles: Obstacles,
): Settled<string> | undefined {
  const { field, title, form, reading } = choice;
  const ofField = (mention: { readonly field: ChoiceField }) =>
    mention.field === field;
  return settle(
    {
      field,
      title,
      form: fromForm(field, form),
      words: reading.wanted.filter(ofField),
      excluded: reading.excluded.filter(ofField),
    },
    obstacles,
  );
}
