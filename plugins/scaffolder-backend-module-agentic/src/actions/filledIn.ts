/**
 * A plain copy of the fields that have a value. The scaffolder hands over frozen objects without a
 * prototype, and empty text for form fields that were left alone.
 */
export function filledIn<T extends object>(fields: T): Partial<T> {
  const copy: Partial<T> = { ...structuredClone(fields) };
  for (const key of Object.keys(copy) as (keyof T)[]) {
    const value = copy[key];
    if (
      value === undefined ||
      value === null ||
      (typeof value === 'string' && value.trim() === '')
    ) {
      delete copy[key];
    }
  }
  return copy;
}
