import { createHash } from 'node:crypto';

/**
 * JSON in the canonical form of RFC 8785: keys sorted by UTF-16 code units, no white space, numbers
 * and strings as ECMAScript writes them. Properties that are `undefined` are left out; a value that
 * JSON cannot hold (a function, NaN) throws.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(item => canonicalJson(item ?? null)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
    return `{${members.join(',')}}`;
  }
  const text = Number.isNaN(value) ? undefined : JSON.stringify(value);
  if (text === undefined || (text === 'null' && value !== null)) {
    throw new TypeError(
      `${String(
        value,
      )} has no canonical JSON; give text, finite numbers, true, false, null, lists and plain objects`,
    );
  }
  return text;
}

/** SHA-256 of the canonical JSON of a value, in lower-case hexadecimal. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(value), 'utf8')
    .digest('hex');
}
