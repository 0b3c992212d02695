import type { SecretAccessEntry } from '@agentic-backstage/plugin-agentic-common';
import type { Tone } from '../status/StatusPill';

/** How the outcome of a use is shown. */
export const ACCESS_OUTCOMES: Readonly<
  Record<SecretAccessEntry['outcome'], { label: string; tone: Tone }>
> = {
  granted: { label: 'Granted', tone: 'good' },
  refused: { label: 'Refused', tone: 'bad' },
  failed: { label: 'Failed', tone: 'warning' },
};

const ACTIONS: Readonly<Record<SecretAccessEntry['action'], string>> = {
  read: 'Read',
  conceal: 'Taken out of a text',
  put: 'Written',
  rotate: 'New value',
  destroy: 'Destroyed',
  issue: 'Made for one call',
  renew: 'Given more time',
  revoke: 'Taken back',
};

/** What was done, or wanted, in words. */
export function accessWords({ action, version }: SecretAccessEntry): string {
  const words = ACTIONS[action] ?? action;
  return version === undefined ? words : `${words} (version ${version})`;
}
