import { z } from 'zod';

/** Which share of a service is to be generated. */
export const CodegenInput = z
  .object({ part: z.enum(['repository', 'infrastructure', 'pipeline']) })
  .strict();
export type CodegenInput = z.infer<typeof CodegenInput>;

/** What was generated: the artifact, how many files, and how they fared. */
export const CodegenOutput = z.object({
  artifactId: z.string(),
  part: CodegenInput.shape.part,
  files: z.number().int().positive(),
  template: z.string(),
  checks: z.object({
    passed: z.number().int().nonnegative(),
    needsReview: z.number().int().nonnegative(),
  }),
});
export type CodegenOutput = z.infer<typeof CodegenOutput>;
