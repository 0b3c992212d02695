/** An integer beyond the safe range is a `bigint`; every other number is a `number`. */
export type RegoNumber = number | bigint;

/** Any value of the language. Arrays are never changed after they were made. */
export type Value =
  | null
  | boolean
  | string
  | RegoNumber
  | readonly Value[]
  | RegoObject
  | RegoSet;

/** Says whether a value is an array. */
export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Says whether a value is a number. */
export function isNumber(value: Value | undefined): value is RegoNumber {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** By which two values are the same in a `Map` exactly when they are equal. */
export type Key = string | RegoNumber | boolean | null;

/** The key of a value; a scalar is its own. */
export function keyOf(value: Value): Key {
  if (typeof value === 'string') {
    // Keys of collections begin with this sign, so a text that does gets one more.
    return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
  }
  if (value === null || typeof value !== 'object') return value;
  return `\0${textOf(value)}`;
}

/** A text that two values share exactly when they are equal. */
function textOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return `s${value}`;
    case 'number':
    case 'bigint':
      return `d${value}`;
    case 'boolean':
      return value ? 't' : 'f';
    default:
  }
  if (value === null) return 'n';
  if (!isArray(value)) return value.key;
  let text = '[';
  for (const item of value) {
    const part = textOf(item);
    text += `${part.length}:${part}`;
  }
  return text;
}

/** A mapping whose keys may be any values. Made once, then never changed. */
export class RegoObject {
  static readonly empty = new RegoObject(new Map());
  readonly #entries: ReadonlyMap<Key, readonly [Value, Value]>;
  #key: string | undefined;
  #sorted: ReadonlyArray<readonly [Value, Value]> | undefined;

  constructor(entries: ReadonlyMap<Key, readonly [Value, Value]>) {
    this.#entries = entries;
  }

  /** An object of pairs; of pairs with one key the last one counts. */
  static of(pairs: Iterable<readonly [Value, Value]>): RegoObject {
    const entries = new Map<Key, readonly [Value, Value]>();
    for (const pair of pairs) entries.set(keyOf(pair[0]), pair);
    return new RegoObject(entries);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Takes part in equality with other values. */
  get key(): string {
    if (this.#key === undefined) {
      const parts = [...this.#entries.values()].map(([key, value]) => {
        const [left, right] = [textOf(key), textOf(value)];
        return `${left.length}:${left}${right.length}:${right}`;
      });
      const text = `{${parts.sort().join('')}`;
      this.#key = text;
    }
    return this.#key;
  }

  get(key: Value): Value | undefined {
    return this.#entries.get(keyOf(key))?.[1];
  }

  has(key: Value): boolean {
    return this.#entries.has(keyOf(key));
  }

  /** The pairs in the order of their keys. */
  entries(): ReadonlyArray<readonly [Value, Value]> {
    this.#sorted ??= [...this.#entries.values()].sort((a, b) =>
      compare(a[0], b[0]),
    );
    return this.#sorted;
  }

  /** The pairs in no order, by the text of their keys. */
  raw(): ReadonlyMap<Key, readonly [Value, Value]> {
    return this.#entries;
  }

  /** This object with the pairs of another, which win. */
  with(pairs: Iterable<readonly [Value, Value]>): RegoObject {
    const entries = new Map(this.#entries);
    for (const pair of pairs) entries.set(keyOf(pair[0]), pair);
    return new RegoObject(entries);
  }
}

/** A set of values. Made once, then never changed. */
export class RegoSet {
  static readonly empty = new RegoSet(new Map());
  readonly #items: ReadonlyMap<Key, Value>;
  #key: string | undefined;
  #sorted: readonly Value[] | undefined;

  constructor(items: ReadonlyMap<Key, Value>) {
    this.#items = items;
  }

  static of(values: Iterable<Value>): RegoSet {
    const items = new Map<Key, Value>();
    for (const value of values) items.set(keyOf(value), value);
    return new RegoSet(items);
  }

  get size(): number {
    return this.#items.size;
  }

  /** Takes part in equality with other values. */
  get key(): string {
    this.#key ??= `<${[...this.#items.values()]
      .map(item => {
        const text = textOf(item);
        return `${text.length}:${text}`;
      })
      .sort()
      .join('')}`;
    return this.#key;
  }

  has(value: Value): boolean {
    return this.#items.has(keyOf(value));
  }

  /** The members in order. */
  items(): readonly Value[] {
    this.#sorted ??= [...this.#items.values()].sort(compare);
    return this.#sorted;
  }

  raw(): ReadonlyMap<Key, Value> {
    return this.#items;
  }
}

function rank(value: Value): number {
  if (value === null) return 0;
  switch (typeof value) {
    case 'boolean':
      return 1;
    case 'number':
    case 'bigint':
      return 2;
    case 'string':
      return 3;
    default:
  }
  if (value instanceof RegoObject) return 5;
  return value instanceof RegoSet ? 6 : 4;
}

/** Strings are ordered by their code points, as UTF-8 bytes are. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x !== y) {
      // Surrogates stand for code points above every other code unit.
      if (x >= 0xd800 && y >= 0xd800) {
        x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
        y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
      }
      return x - y;
    }
  }
  return a.length - b.length;
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Orders any two values: null, booleans, numbers, strings, arrays, objects, sets. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (a === null || b === null) return 0;
  switch (typeof a) {
    case 'boolean':
      return a ? 1 : -1;
    case 'number':
    case 'bigint':
      if (a === (b as RegoNumber)) return 0;
      return a < (b as RegoNumber) ? -1 : 1;
    case 'string':
      return compareText(a, b as string);
    default:
  }
  if (a instanceof RegoObject) {
    const x = a.entries();
    const y = (b as RegoObject).entries();
    const keys = compareObjects(x, y);
    return keys;
  }
  if (a instanceof RegoSet) {
    return compareLists(a.items(), (b as RegoSet).items());
  }
  return compareLists(a as readonly Value[], b as readonly Value[]);
}

function compareObjects(
  a: ReadonlyArray<readonly [Value, Value]>,
  b: ReadonlyArray<readonly [Value, Value]>,
): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i][0], b[i][0]) || compare(a[i][1], b[i][1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Says whether two values are equal. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  // A bigint is never in the safe range, so it equals no number.
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof RegoObject) {
    if (!(b instanceof RegoObject) || a.size !== b.size) return false;
    const other = b.raw();
    for (const [key, [, value]] of a.raw()) {
      const pair = other.get(key);
      if (pair === undefined || !equal(value, pair[1])) return false;
    }
    return true;
  }
  if (a instanceof RegoSet) {
    if (!(b instanceof RegoSet) || a.size !== b.size) return false;
    const other = b.raw();
    for (const key of a.raw().keys()) if (!other.has(key)) return false;
    return true;
  }
  if (!isArray(a) || !isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false;
  return true;
}

/** A number in its normal form: a `bigint` only outside of the safe range. */
export function normal(value: RegoNumber): RegoNumber {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return BigInt(value);
    }
    // There is no negative zero.
    return value === 0 ? 0 : value;
  }
  return value >= BigInt(Number.MIN_SAFE_INTEGER) &&
    value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}

/** The name of a value's type, as `type_name` says it. */
export function typeName(value: Value): string {
  return ['null', 'boolean', 'number', 'string', 'array', 'object', 'set'][
    rank(value)
  ];
}
