import type { SecretAccessEntry } from '@agentic-backstage/plugin-agentic-common';
import type { Translate } from '../../translation/Translate';
import type { Wording } from '../status/wording';

/** How the outcome of a use is shown. */
export const ACCESS_OUTCOMES: Readonly<
  Record<SecretAccessEntry['outcome'], Wording>
> = {
  granted: { label: 'words.accessOutcome.granted', tone: 'good' },
  refused: { label: 'words.accessOutcome.refused', tone: 'bad' },
  failed: { label: 'words.accessOutcome.failed', tone: 'warning' },
};

/** What was done, or wanted, in words. */
export function accessWords(
  { action, version }: SecretAccessEntry,
  t: Translate,
): string {
  const words = t(`words.accessAction.${action}`);
  return version === undefined
    ? words
    : t('secrets.ofVersion', { action: words, version });
}
