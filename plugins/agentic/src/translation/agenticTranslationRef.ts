import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * Every text of the pages, with English as the default and German beside it. Other languages, and other
 * words for the same, are added with `createTranslationResource` or `createTranslationMessages` for this ref.
 */
export const agenticTranslationRef = createTranslationRef({
  id: 'agentic',
  messages,
  translations: { de: () => import('./de') },
});

/** The texts by key, with the dots of their areas. */
export type AgenticMessages = typeof agenticTranslationRef.T;
