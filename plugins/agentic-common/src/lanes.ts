import { z } from 'zod';

/** The lanes in rising order of power. A lane is enforced where tools are called, never in a prompt. */
export const LANES = ['read_only', 'dry_run', 'execute'] as const;

/** What a caller may do to the world: look, simulate, or change. */
export const Lane = z.enum(LANES);
export type Lane = z.infer<typeof Lane>;

/** Says whether a caller in `held` may do what needs `needed`. */
export function laneAllows(held: Lane, needed: Lane): boolean {
  return LANES.indexOf(held) >= LANES.indexOf(needed);
}
