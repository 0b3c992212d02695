import { fromJson } from './json';
import { normal, RegoObject, type Value } from './value';

/** Reads JSON and keeps whole numbers of any size. Throws `SyntaxError`. */
export function parseJson(text: string): Value {
  // The reviver sees the source of numbers, which keeps the digits that a double loses.
  const reviver = (
    _key: string,
    value: unknown,
    context?: { source?: string },
  ): unknown =>
    typeof value === 'number' &&
    context?.source &&
    /^-?\d{16,}$/.test(context.source)
      ? normal(BigInt(context.source))
      : value;
  return fromJson(
    JSON.parse(text, reviver as (key: string, value: unknown) => unknown),
  );
}

export { RegoObject };
