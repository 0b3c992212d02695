import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { agenticTranslationRef } from './agenticTranslationRef';
import type { Translate } from './Translate';

/** The texts of this plugin in the reader's language; `t` changes only when the language does. */
export function useAgenticTranslation(): { readonly t: Translate } {
  // The same function, with the type that the compiler is quick with.
  const texts: { readonly t: unknown } = useTranslationRef(
    agenticTranslationRef,
  );
  return texts as { readonly t: Translate };
}
