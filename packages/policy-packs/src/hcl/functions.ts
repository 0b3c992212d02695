import {
  Unknown,
  isList,
  isObject,
  referencesIn,
  toJsonText,
  unknownsIn,
} from '../documents/Value';
import type { Value } from '../documents/Value';

type HclFunction = (...args: readonly Value[]) => Value | undefined;

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : []);

function flatten(value: Value): readonly Value[] {
  return isList(value)
    ? value.flatMap(item => (isList(item) ? flatten(item) : [item]))
    : [value];
}

function format(pattern: Value, ...values: readonly Value[]): string {
  let next = 0;
  return String(pattern).replace(/%([sdvqf%])/g, (_all, verb: string) => {
    if (verb === '%') {
      return '%';
    }
    next += 1;
    const value = values[next - 1] ?? null;
    return verb === 'q' ? JSON.stringify(value) : String(value);
  });
}

function distinct(values: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return values.filter(value => {
    const text = JSON.stringify(value);
    return seen.has(text) ? false : seen.add(text);
  });
}

function lookup(map: Value, key: Value, otherwise?: Value): Value | undefined {
  return isObject(map) && Object.hasOwn(map, String(key))
    ? map[String(key)]
    : otherwise;
}

function lengthOf(value: Value): number | undefined {
  if (isObject(value)) {
    return Object.keys(value).length;
  }
  return isList(value) || typeof value === 'string' ? value.length : undefined;
}

const FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  abs: value => Math.abs(Number(value)),
  base64encode: value => Buffer.from(String(value)).toString('base64'),
  coalesce: (...values) => values.find(value => value !== null && value !== ''),
  compact: value => listOf(value).filter(item => item !== null && item !== ''),
  concat: (...lists) => lists.flatMap(listOf),
  contains: (list, value) =>
    listOf(list).some(item => JSON.stringify(item) === JSON.stringify(value)),
  distinct: value => distinct(listOf(value)),
  element: (list, index) =>
    listOf(list)[Number(index) % Math.max(listOf(list).length, 1)],
  flatten: value => flatten(value),
  format,
  join: (separator, ...lists) => lists.flatMap(flatten).join(String(separator)),
  keys: value => (isObject(value) ? Object.keys(value).sort() : undefined),
  length: lengthOf,
  lookup,
  lower: value => String(value).toLowerCase(),
  max: (...values) => Math.max(...values.map(Number)),
  merge: (...maps) => Object.assign({}, ...maps.filter(isObject)),
  min: (...values) => Math.min(...values.map(Number)),
  nonsensitive: value => value,
  range: (...args) => {
    const [start, end] = args.length > 1 ? args : [0, args[0]];
    const length = Math.min(Math.max(Number(end) - Number(start), 0), 1000);
    return Array.from({ length }, (_item, index) => Number(start) + index);
  },
  sensitive: value => value,
  setunion: (...lists) => distinct(lists.flatMap(listOf)),
  sort: value => [...listOf(value)].sort(),
  split: (separator, value) => String(value).split(String(separator)),
  title: value =>
    String(value).replace(/\b[a-z]/g, letter => letter.toUpperCase()),
  tobool: value =>
    typeof value === 'boolean' ? value : String(value) === 'true',
  tolist: value => value,
  tomap: value => value,
  tonumber: value => Number(value),
  toset: value => (isList(value) ? distinct(value) : value),
  tostring: value => (value === null ? null : String(value)),
  trimspace: value => String(value).trim(),
  upper: value => String(value).toUpperCase(),
  values: value => (isObject(value) ? Object.values(value) : undefined),
};

// These keep their structure, so that a part that is not known leaves the rest known.
const STRUCTURAL = new Set([
  'concat',
  'merge',
  'tolist',
  'toset',
  'tomap',
  'flatten',
  'sensitive',
  'nonsensitive',
  'lookup',
  'element',
  'values',
  'compact',
  'distinct',
]);

function jsondecode(text: Value): Value {
  try {
    return JSON.parse(String(text));
  } catch {
    return new Unknown('jsondecode');
  }
}

/** Calls a function of Terraform. Functions that are not in the table, and calls that do not fit, are unknown. */
export function callFunction(name: string, args: readonly Value[]): Value {
  const unsettled = new Unknown(
    `${name}(…)`,
    args.flatMap(referencesIn),
    name === 'file' || name === 'templatefile',
  );
  if (name === 'jsonencode') {
    const text = toJsonText(args[0] ?? null);
    return unknownsIn(args[0]).length > 0
      ? new Unknown(text, unsettled.references, true)
      : text;
  }
  if (name === 'jsondecode' && !(args[0] instanceof Unknown)) {
    return jsondecode(args[0] ?? null);
  }
  if (name === 'try') {
    return args.find(value => !(value instanceof Unknown)) === args[0]
      ? args[0] ?? null
      : unsettled;
  }
  if (name === 'coalesce' && args[0] instanceof Unknown) {
    return unsettled;
  }
  const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const waits = STRUCTURAL.has(name)
    ? args.some(value => value instanceof Unknown)
    : unknownsIn(args).length > 0;
  if (call === undefined || waits) {
    return unsettled;
  }
  return call(...args) ?? unsettled;
}
