import type {
  SweepClass,
  SweptItem,
} from '@agentic-backstage/plugin-agentic-common';
import type { Tone } from '../status/StatusPill';

/** How the kinds of things that are swept are called. */
export const SWEEP_CLASSES: Readonly<Record<SweepClass, string>> = {
  rows: 'Records',
  files: 'Files',
  repositories: 'Repository',
  databases: 'Database',
  processes: 'Process',
};

/** How what became of a thing is shown. */
export const SWEEP_OUTCOMES: Readonly<
  Record<SweptItem['outcome'], { label: string; tone: Tone }>
> = {
  pending: { label: 'Waiting', tone: 'waiting' },
  removed: { label: 'Removed', tone: 'good' },
  kept: { label: 'Kept', tone: 'stopped' },
  failed: { label: 'Failed', tone: 'bad' },
};
