import {
  isArray,
  RegoObject,
  RegoSet,
  typeName,
  type Value,
} from '../values/value';
import { BuiltinError } from './Builtin';

/** The member of a collection, or nothing. */
export function step(value: Value | undefined, key: Value): Value | undefined {
  if (value instanceof RegoObject) return value.get(key);
  if (isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return value instanceof RegoSet && value.has(key) ? key : undefined;
}

/** A path as an array, or as a JSON pointer without its leading slash. */
export function pathOf(value: Value): readonly Value[] {
  if (isArray(value)) return value;
  if (typeof value === 'string') {
    if (value === '') return [];
    return value
      .replace(/^\/+/, '')
      .split('/')
      .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  }
  throw new BuiltinError(
    `must be one of {set, array} containing string paths or array of path segments but got ${typeName(
      value,
    )}`,
    true,
  );
}
