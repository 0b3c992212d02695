import {
  compare,
  equal,
  isArray,
  isNumber,
  keyOf,
  type Key,
  normal,
  RegoObject,
  RegoSet,
  typeName,
  type RegoNumber,
  type Value,
} from '../values/value';
import {
  array,
  boolean,
  BuiltinError,
  integer,
  members,
  number,
  object,
  set,
  wrongType,
  type Builtin,
} from './Builtin';

function numbersOf(args: readonly Value[]): RegoNumber[] {
  return members(args, 0).map(item => {
    if (!isNumber(item)) {
      const kind = typeName(args[0]);
      throw new BuiltinError(
        `operand 1 must be ${kind} of numbers but got ${kind} containing ${typeName(
          item,
        )}`,
        true,
      );
    }
    return item;
  });
}

const whole = (value: RegoNumber): boolean =>
  typeof value === 'bigint' || Number.isInteger(value);

function fold(
  args: readonly Value[],
  start: bigint,
  big: (a: bigint, b: bigint) => bigint,
  real: (a: number, b: number) => number,
): Value {
  const found = numbersOf(args);
  return found.every(whole)
    ? normal(found.map(each => BigInt(each)).reduce(big, start))
    : normal(found.map(Number).reduce(real, Number(start)));
}

function count(value: Value): number {
  if (typeof value === 'string') return [...value].length;
  if (isArray(value)) return value.length;
  if (value instanceof RegoObject || value instanceof RegoSet)
    return value.size;
  throw wrongType(1, 'one of {array, object, set, string}', value);
}

function extreme(args: readonly Value[], sign: number): Value | undefined {
  return members(args, 0).reduce<Value | undefined>(
    (best, item) =>
      best === undefined || compare(item, best) * sign > 0 ? item : best,
    undefined,
  );
}

function clamp(value: bigint, from: bigint, to: bigint): number {
  if (value < from) return Number(from);
  return Number(value > to ? to : value);
}

function setsOf(args: readonly Value[]): RegoSet[] {
  return set(args, 0)
    .items()
    .map(item => {
      if (!(item instanceof RegoSet)) {
        throw new BuiltinError(
          `operand 1 must be set of sets but got set containing ${typeName(
            item,
          )}`,
          true,
        );
      }
      return item;
    });
}

function intersect(all: readonly RegoSet[]): RegoSet {
  const [first, ...rest] = all;
  if (!first) return RegoSet.empty;
  return RegoSet.of(
    first.items().filter(item => rest.every(each => each.has(item))),
  );
}

function isMember(item: Value, collection: Value): boolean {
  if (isArray(collection)) return collection.some(each => equal(each, item));
  if (collection instanceof RegoSet) return collection.has(item);
  if (collection instanceof RegoObject)
    return collection.entries().some(([, each]) => equal(each, item));
  return false;
}

function memberAt(key: Value, item: Value, collection: Value): boolean {
  let found: Value | undefined;
  if (isArray(collection))
    found = typeof key === 'number' ? collection[key] : undefined;
  else if (collection instanceof RegoObject) found = collection.get(key);
  else if (collection instanceof RegoSet)
    found = collection.has(key) ? key : undefined;
  return found !== undefined && equal(found, item);
}

/** Every path and value below a value, for `walk`. */
function walkAll(value: Value): Value[] {
  const found: Value[] = [];
  const visit = (path: readonly Value[], each: Value): void => {
    found.push([path, each]);
    if (isArray(each))
      each.forEach((item, index) => visit([...path, index], item));
    else if (each instanceof RegoObject)
      each.entries().forEach(([key, item]) => visit([...path, key], item));
    else if (each instanceof RegoSet)
      each.items().forEach(item => visit([...path, item], item));
  };
  visit([], value);
  return found;
}

function neighbours(graph: RegoObject, node: Value): readonly Value[] {
  const edges = graph.get(node);
  if (isArray(edges)) return edges;
  return edges instanceof RegoSet ? edges.items() : [];
}

function reachable(args: readonly Value[]): RegoSet {
  const graph = object(args, 0);
  const queue = [...members(args, 1)];
  const found = new Map<Key, Value>();
  while (queue.length > 0) {
    const node = queue.pop()!;
    const key = keyOf(node);
    if (found.has(key) || !graph.has(node)) continue;
    found.set(key, node);
    queue.push(...neighbours(graph, node));
  }
  return new RegoSet(found);
}

function reachablePaths(args: readonly Value[]): RegoSet {
  const graph = object(args, 0);
  const paths: Value[] = [];
  const visit = (path: readonly Value[], node: Value): void => {
    if (!graph.has(node)) {
      if (path.length > 0) paths.push(path);
      return;
    }
    const onward = [...path, node];
    const next = neighbours(graph, node);
    if (next.length === 0) paths.push(onward);
    for (const each of next) {
      if (onward.some(before => equal(before, each))) paths.push(onward);
      else visit(onward, each);
    }
  };
  members(args, 1).forEach(start => graph.has(start) && visit([], start));
  return RegoSet.of(paths);
}

/** Aggregates, arrays, sets, membership and graphs. */
export const collections: Readonly<Record<string, Builtin>> = {
  count: args => count(args[0]),
  sum: args =>
    fold(
      args,
      0n,
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  product: args =>
    fold(
      args,
      1n,
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  max: args => extreme(args, 1),
  min: args => extreme(args, -1),
  sort: args => [...members(args, 0)].sort(compare),
  all: args => members(args, 0).every(item => item === true),
  any: args => members(args, 0).some(item => item === true),
  'array.concat': args => [...array(args, 0), ...array(args, 1)],
  'array.reverse': args => [...array(args, 0)].reverse(),
  'array.flatten': args =>
    array(args, 0).flatMap(item => (isArray(item) ? [...item] : [item])),
  'array.slice': args => {
    const items = array(args, 0);
    const length = BigInt(items.length);
    const from = clamp(integer(args, 1), 0n, length);
    const to = clamp(integer(args, 2), 0n, length);
    return to < from ? [] : items.slice(from, to);
  },
  and: args => intersect([set(args, 0), set(args, 1)]),
  or: args => RegoSet.of([...set(args, 0).items(), ...set(args, 1).items()]),
  intersection: args => intersect(setsOf(args)),
  union: args => RegoSet.of(setsOf(args).flatMap(each => [...each.items()])),
  set_diff: args =>
    RegoSet.of(
      set(args, 0)
        .items()
        .filter(item => !set(args, 1).has(item)),
    ),
  'internal.member_2': args => isMember(args[0], args[1]),
  'internal.member_3': args => memberAt(args[0], args[1], args[2]),
  walk: args => walkAll(args[0]),
  'graph.reachable': reachable,
  'graph.reachable_paths': reachablePaths,
  equal: args => equal(args[0], args[1]),
  neq: args => !equal(args[0], args[1]),
  lt: args => compare(args[0], args[1]) < 0,
  lte: args => compare(args[0], args[1]) <= 0,
  gt: args => compare(args[0], args[1]) > 0,
  gte: args => compare(args[0], args[1]) >= 0,
  cast_array: args => members(args, 0).slice(),
  cast_set: args => RegoSet.of(members(args, 0)),
  cast_boolean: args => boolean(args, 0),
  cast_object: args => object(args, 0),
  cast_null: args => {
    if (args[0] !== null) throw wrongType(1, 'null', args[0]);
    return null;
  },
  cast_string: args => {
    if (typeof args[0] !== 'string') throw wrongType(1, 'string', args[0]);
    return args[0];
  },
  to_number: args => {
    const [value] = args;
    if (value === null || value === false) return 0;
    if (value === true) return 1;
    if (typeof value === 'string') {
      if (/^[+-]?(nan|inf|infinity)$/i.test(value)) {
        throw new BuiltinError(
          'operand 1 must be a number that is finite',
          true,
        );
      }
      if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(value)) {
        throw new BuiltinError(
          `strconv.ParseFloat: parsing ${JSON.stringify(
            value,
          )}: invalid syntax`,
        );
      }
      return /^[+-]?\d+$/.test(value)
        ? normal(BigInt(value.replace('+', '')))
        : normal(Number(value));
    }
    return number(args, 0);
  },
  is_array: args => isArray(args[0]),
  is_boolean: args => typeof args[0] === 'boolean',
  is_null: args => args[0] === null,
  is_number: args => isNumber(args[0]),
  is_object: args => args[0] instanceof RegoObject,
  is_set: args => args[0] instanceof RegoSet,
  is_string: args => typeof args[0] === 'string',
  type_name: args => typeName(args[0]),
};
