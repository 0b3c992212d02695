import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** How moments are written: as the browser is set where it speaks the language of the portal, else as that language does it. */
export function dateLocale(
  language: string,
  browser: readonly string[],
): string {
  return browser.find(tag => tag.split('-')[0] === language) ?? language;
}

interface DateFormats {
  /** Date and time. */
  readonly full: Intl.DateTimeFormat;
  /** The time of the day alone. */
  readonly clock: Intl.DateTimeFormat;
}

/** Formats are dear to make and a log has a thousand moments: one set for each locale. */
const FORMATS = new Map<string, DateFormats>();

function formatsOf(locale: string): DateFormats {
  const known = FORMATS.get(locale) ?? {
    full: new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'medium',
    }),
    clock: new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }),
  };
  FORMATS.set(locale, known);
  return known;
}

/** The formats of moments in the reader's language. */
export function useDateFormats(): DateFormats {
  const languageApi = useApi(appLanguageApiRef);
  const [language, setLanguage] = useState(
    () => languageApi.getLanguage().language,
  );
  useEffect(() => {
    const subscription = languageApi
      .language$()
      .subscribe(change => setLanguage(change.language));
    return () => subscription.unsubscribe();
  }, [languageApi]);
  return formatsOf(dateLocale(language, navigator.languages));
}
