import { z } from 'zod';

const serviceName = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);

/** Parameters of `runbook.read`. */
export const RunbookReadParams = z.object({ serviceName }).strict();
export type RunbookReadParams = z.infer<typeof RunbookReadParams>;

/** Result of `runbook.read`. */
export const RunbookReadResult = z.object({
  exists: z.boolean(),
  text: z.string().optional(),
});
export type RunbookReadResult = z.infer<typeof RunbookReadResult>;

/** Parameters of `runbook.write`. */
export const RunbookWriteParams = z
  .object({ serviceName, text: z.string().min(1).max(20_000) })
  .strict();
export type RunbookWriteParams = z.infer<typeof RunbookWriteParams>;

/** Result of `runbook.write`. */
export const RunbookWriteResult = z.object({ file: z.string() });
export type RunbookWriteResult = z.infer<typeof RunbookWriteResult>;
