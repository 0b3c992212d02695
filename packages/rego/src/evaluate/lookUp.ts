import { isArray, RegoObject, RegoSet, type Value } from '../values/value';

/** The member of a collection, or nothing. */
export function lookUp(
  value: Value | undefined,
  key: Value,
): Value | undefined {
  if (value instanceof RegoObject) return value.get(key);
  if (isArray(value)) {
    return typeof key === 'number' && Number.isInteger(key) && key >= 0
      ? value[key]
      : undefined;
  }
  if (value instanceof RegoSet) return value.has(key) ? key : undefined;
  return undefined;
}
