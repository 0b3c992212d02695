import { z } from 'zod';

/** Parameters of `starter.id`. */
export const StarterIdParams = z
  .object({ name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/) })
  .strict();
export type StarterIdParams = z.infer<typeof StarterIdParams>;

/** Result of `starter.id`. */
export const StarterIdResult = z.object({
  exists: z.boolean(),
  text: z.string().optional(),
});
export type StarterIdResult = z.infer<typeof StarterIdResult>;
