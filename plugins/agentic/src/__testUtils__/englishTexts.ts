import { mockApis } from '@backstage/frontend-test-utils';
import { agenticTranslationRef } from '../translation/agenticTranslationRef';
import type { Translate } from '../translation/Translate';

/** The texts as a reader of English gets them, for tests of functions that put words together. */
export function englishTexts(): Translate {
  const snapshot = mockApis.translation().getTranslation(agenticTranslationRef);
  if (!snapshot.ready) {
    throw new Error('English is the default and needs no loading');
  }
  const t: unknown = snapshot.t;
  return t as Translate;
}
