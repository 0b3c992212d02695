import { z } from 'zod';
import { AgentId } from './plan';

/** The longest reason that is kept for stopping or releasing. */
const Reason = z.string().trim().min(1).max(500);

/** One stop: who stopped what, when and why, and the same for its end. Without `agent` it is for all of them. */
export const KillSwitch = z.object({
  switchId: z.number().int(),
  agent: z.string().optional(),
  engagedBy: z.string(),
  engagedAt: z.string(),
  reason: z.string(),
  releasedBy: z.string().optional(),
  releasedAt: z.string().optional(),
  releaseReason: z.string().optional(),
});
export type KillSwitch = z.infer<typeof KillSwitch>;

/** Answer of `GET /kill-switch`: what is stopped now, and the latest stops that were released. */
export const KillSwitchState = z.object({
  engaged: z.array(KillSwitch),
  released: z.array(KillSwitch),
});
export type KillSwitchState = z.infer<typeof KillSwitchState>;

/** What a stop or a release is for: one agent by name, or all of them said in so many words. */
const target = [
  z.object({ agent: AgentId, reason: Reason }).strict(),
  z.object({ all: z.literal(true), reason: Reason }).strict(),
] as const;

/** Body of `POST /kill-switch`. */
export const EngageKillSwitchRequest = z.union(target);
export type EngageKillSwitchRequest = z.infer<typeof EngageKillSwitchRequest>;

/** Body of `POST /kill-switch/release`. Releasing all does not release an agent that was stopped by name. */
export const ReleaseKillSwitchRequest = z.union(target);
export type ReleaseKillSwitchRequest = z.infer<typeof ReleaseKillSwitchRequest>;

/** Why nothing is done, in the words that workflows and pages show. */
export function describeStop(
  stop: Pick<KillSwitch, 'agent' | 'engagedBy' | 'reason'>,
  agent?: string,
): string {
  const what = stop.agent ?? (agent ? `${agent}, with all agents,` : undefined);
  return what
    ? `${what} was stopped by ${stop.engagedBy}: ${stop.reason}`
    : `all agents were stopped by ${stop.engagedBy}: ${stop.reason}`;
}
