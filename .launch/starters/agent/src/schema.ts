import { z } from 'zod';

/** What a task of this agent is told. */
export const StarterIdInput = z
  .object({
    /** Files that a workflow has to make. */
    wanted: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(50)
      .default(['README.md']),
  })
  .strict();
export type StarterIdInput = z.infer<typeof StarterIdInput>;

/** What the agent found. */
export const StarterIdOutput = z.object({
  files: z.number().int().nonnegative(),
  missing: z.array(z.string()),
});
export type StarterIdOutput = z.infer<typeof StarterIdOutput>;
