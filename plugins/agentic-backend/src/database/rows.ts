/** The present, in the form every table keeps times in. */
export function isoNow(): string {
  return new Date().toISOString();
}

/** Reads a JSON column that the same version wrote; a broken column is a defect and throws. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** Reads a nullable JSON column. */
export function fromNullableJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : fromJson<T>(text);
}

/** Turns the database's null into the code's undefined. */
export function orUndefined<T>(value: T | null): T | undefined {
  return value === null ? undefined : value;
}
