import type { Guard } from './Guard';

/** The ways through the guard: all that the host's other parts know of it. */
export type GuardCalls = Pick<
  Guard,
  'apply' | 'paramsDigest' | 'propose' | 'read' | 'undo'
>;
