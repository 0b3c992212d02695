import type { Lane } from '@agentic-backstage/plugin-agentic-common';

/** What the lanes are called on pages. */
export const LANE_LABELS: Readonly<Record<Lane, string>> = {
  read_only: 'Read only',
  dry_run: 'Dry run',
  execute: 'Execute',
};
