import { z } from 'zod';

/** Where and how the service is to be started. */
export const DeploymentInput = z
  .object({ target: z.literal('local'), strategy: z.literal('rolling') })
  .strict();
export type DeploymentInput = z.infer<typeof DeploymentInput>;

/** What was published and started. A field is absent when its step was not reached. */
export const DeploymentOutput = z.object({
  /** `success` only when each step was confirmed by a look at the world. */
  status: z.enum(['success', 'unknown']),
  deploymentId: z.string().optional(),
  url: z.string().optional(),
  repositoryUrl: z.string().optional(),
  commit: z.string().optional(),
  version: z.string().optional(),
  entityRef: z.string().optional(),
  /** What the target says about isolation, for example `not isolated`. */
  isolation: z.string().optional(),
});
export type DeploymentOutput = z.infer<typeof DeploymentOutput>;

/** What this agent reads from the result of `git.publish`. */
export const Published = z.object({
  repositoryUrl: z.string(),
  commit: z.string(),
});

/** What this agent reads from the result of `postgres.provision`. */
export const Provisioned = z.object({ database: z.string() });

/** What this agent reads from the result of `process.deploy`. */
export const Started = z.object({
  deploymentId: z.string(),
  url: z.string(),
  version: z.string(),
  isolation: z.string(),
});

/** What this agent reads from the result of `catalog.register`. */
export const Registered = z.object({ entityRef: z.string() });

/** What this agent reads from the answer of `http.probe`. */
export const Probed = z.object({ healthy: z.boolean(), evidence: z.string() });
