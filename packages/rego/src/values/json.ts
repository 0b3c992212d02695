import {
  RegoObject,
  RegoSet,
  isArray,
  keyOf,
  type Key,
  normal,
  type Value,
} from './value';

/** A value of the language from what `JSON.parse` or a YAML reader gives. `undefined` members are left out. */
export function fromJson(json: unknown): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
      return json;
    case 'number':
      if (!Number.isFinite(json)) throw new TypeError('A number is not finite');
      return normal(json);
    case 'bigint':
      return normal(json);
    default:
  }
  if (json === null || json === undefined) return null;
  if (json instanceof RegoObject || json instanceof RegoSet) return json;
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== 'object') {
    throw new TypeError(`A ${typeof json} is not a value`);
  }
  const entries = new Map<Key, readonly [Value, Value]>();
  for (const [key, value] of Object.entries(json)) {
    if (value !== undefined) entries.set(keyOf(key), [key, fromJson(value)]);
  }
  return new RegoObject(entries);
}

/** What JSON can hold of a value: sets become arrays, keys texts. */
export function toJson(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return value.map(toJson);
  if (value instanceof RegoSet) return value.items().map(toJson);
  const result: Record<string, unknown> = {};
  for (const [key, item] of (value as RegoObject).entries()) {
    const name = typeof key === 'string' ? key : toText(key);
    Object.defineProperty(result, name, {
      value: toJson(item),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return result;
}

/** Canonical JSON: keys in order, no spaces, numbers as they are. */
export function toText(value: Value): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return numberText(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
  }
  if (isArray(value)) return `[${value.map(toText).join(',')}]`;
  if (value instanceof RegoSet) {
    return `[${value.items().map(toText).join(',')}]`;
  }
  return `{${(value as RegoObject)
    .entries()
    .map(([key, item]) => {
      const name = typeof key === 'string' ? key : toText(key);
      return `${quote(name)}:${toText(item)}`;
    })
    .join(',')}}`;
}

/** A number as Go's JSON writes it. */
export function numberText(value: number): string {
  const text = String(value);
  // JavaScript says 1e-7 where Go says 1e-07.
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function quote(text: string): string {
  return JSON.stringify(text)
    .replace(
      /[<>&\u2028\u2029]/g,
      char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/\\b/g, '\\u0008')
    .replace(/\\f/g, '\\u000c');
}

/** A value as a policy would write it: sets in braces, keys of any kind. */
export function toRego(value: Value): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return numberText(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
  }
  if (isArray(value)) return `[${value.map(toRego).join(', ')}]`;
  if (value instanceof RegoSet) {
    return value.size === 0
      ? 'set()'
      : `{${value.items().map(toRego).join(', ')}}`;
  }
  return `{${(value as RegoObject)
    .entries()
    .map(([key, item]) => `${toRego(key)}: ${toRego(item)}`)
    .join(', ')}}`;
}
