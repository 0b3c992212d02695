import type { Shared } from '../evaluate/Context';
import {
  isArray,
  isNumber,
  RegoObject,
  RegoSet,
  typeName,
  type RegoNumber,
  type Value,
} from '../values/value';

/** A function of the language. Answers nothing where it has no value; throws `BuiltinError` for wrong operands. */
export type Builtin = (
  args: readonly Value[],
  shared: Shared,
) => Value | undefined;

/** Operands that a built-in does not take, or a failure inside of it. */
export class BuiltinError extends Error {
  readonly isType: boolean;

  constructor(message: string, isType = false) {
    super(message);
    this.isType = isType;
  }
}

/** An operand of the wrong type. `position` counts from 1. */
export function wrongType(
  position: number,
  wanted: string,
  value: Value,
): BuiltinError {
  return new BuiltinError(
    `operand ${position} must be ${wanted} but got ${typeName(value)}`,
    true,
  );
}

export function text(args: readonly Value[], index: number): string {
  const value = args[index];
  if (typeof value !== 'string') throw wrongType(index + 1, 'string', value);
  return value;
}

export function number(args: readonly Value[], index: number): RegoNumber {
  const value = args[index];
  if (!isNumber(value)) throw wrongType(index + 1, 'number', value);
  return value;
}

/** A whole number; `bigint` whatever its size. */
export function integer(args: readonly Value[], index: number): bigint {
  const value = number(args, index);
  if (typeof value === 'number' && !Number.isInteger(value)) {
    throw new BuiltinError(
      `operand ${
        index + 1
      } must be integer number but got floating-point number`,
      true,
    );
  }
  return BigInt(value);
}

export function boolean(args: readonly Value[], index: number): boolean {
  const value = args[index];
  if (typeof value !== 'boolean') throw wrongType(index + 1, 'boolean', value);
  return value;
}

export function array(args: readonly Value[], index: number): readonly Value[] {
  const value = args[index];
  if (!isArray(value)) throw wrongType(index + 1, 'array', value);
  return value;
}

export function set(args: readonly Value[], index: number): RegoSet {
  const value = args[index];
  if (!(value instanceof RegoSet)) throw wrongType(index + 1, 'set', value);
  return value;
}

export function object(args: readonly Value[], index: number): RegoObject {
  const value = args[index];
  if (!(value instanceof RegoObject))
    throw wrongType(index + 1, 'object', value);
  return value;
}

/** The members of an array or a set. */
export function members(
  args: readonly Value[],
  index: number,
): readonly Value[] {
  const value = args[index];
  if (isArray(value)) return value;
  if (value instanceof RegoSet) return value.items();
  throw wrongType(index + 1, 'one of {array, set}', value);
}

/** The texts of an array or a set of texts. */
export function texts(args: readonly Value[], index: number): string[] {
  return members(args, index).map(item => {
    if (typeof item !== 'string') {
      throw new BuiltinError(
        `operand ${index + 1} must be ${typeName(
          args[index],
        )} of strings but got ${typeName(args[index])} containing ${typeName(
          item,
        )}`,
        true,
      );
    }
    return item;
  });
}
