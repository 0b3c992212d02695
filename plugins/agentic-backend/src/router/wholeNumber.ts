import { z } from 'zod';

/**
 * A whole number in the query of a request. A parameter that is given twice, nested or empty is refused:
 * coercing would read `?after[]=1` as 1 and `?after=` as 0.
 */
export function wholeNumber(range: { min: number; max: number }) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'Expected one whole number')
    .transform(Number)
    .pipe(z.number().int().min(range.min).max(range.max));
}
