import type { SweptItem } from '@agentic-backstage/plugin-agentic-common';
import type { Wording } from '../status/wording';

/** How what became of a thing is shown. */
export const SWEEP_OUTCOMES: Readonly<Record<SweptItem['outcome'], Wording>> = {
  pending: { label: 'words.sweepOutcome.pending', tone: 'waiting' },
  removed: { label: 'words.sweepOutcome.removed', tone: 'good' },
  kept: { label: 'words.sweepOutcome.kept', tone: 'stopped' },
  failed: { label: 'words.sweepOutcome.failed', tone: 'bad' },
};
