import { z } from 'zod';

/** What a task of this agent is told. */
export const RunbookInput = z
  .object({
    /** Whom to call, as the operator has configured it. */
    contact: z.string().min(1).max(200),
  })
  .strict();
export type RunbookInput = z.infer<typeof RunbookInput>;

/** What the agent made: files as an artifact, and where the page is. */
export const RunbookOutput = z.object({
  artifactId: z.string(),
  file: z.string(),
  /** `confirmed` when a look at the folder found the page. */
  status: z.enum(['confirmed', 'unknown']),
});
export type RunbookOutput = z.infer<typeof RunbookOutput>;

/** What this agent reads from the output of the deployment before it. */
export const Deployed = z.object({
  url: z.string().optional(),
  version: z.string().optional(),
  commit: z.string().optional(),
  repositoryUrl: z.string().optional(),
});
export type Deployed = z.infer<typeof Deployed>;
