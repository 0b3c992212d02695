import { z } from 'zod';

/** Parameters of `starter.id`. */
export const StarterIdParams = z
  .object({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
    text: z.string().min(1).max(10_000),
  })
  .strict();
export type StarterIdParams = z.infer<typeof StarterIdParams>;

/** Result of `starter.id`. */
export const StarterIdResult = z.object({
  /** SHA-256 of the text that was written. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type StarterIdResult = z.infer<typeof StarterIdResult>;
