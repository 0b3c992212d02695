import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/** Parses with the schema; what does not fit becomes an `InputError` with one line for each field. */
export function parseOrInputError<TSchema extends z.ZodType>(
  schema: TSchema,
  value: unknown,
): z.output<TSchema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const lines = parsed.error.issues.map(
    issue => `${issue.path.join('.') || 'input'}: ${issue.message}`,
  );
  throw new InputError(`The input is not valid. ${lines.join('; ')}`);
}
