import type { Resource } from '../documents/Resource';
import type { Value } from '../documents/Value';

/**
 * What a rule asks about a resource. A path goes through blocks and lists by itself: `a.b` is the `b`
 * of every `a`. A test over a path holds when there is a value and every value passes; where there is
 * none, it does not hold. A value that is not known makes the answer unknown.
 */
export type Condition =
  | {
      readonly kind: 'equals';
      readonly path: string;
      readonly values: readonly (string | number | boolean)[];
    }
  | { readonly kind: 'set'; readonly path: string }
  | {
      readonly kind: 'matches';
      readonly path: string;
      readonly pattern: RegExp;
    }
  /** A text that is written out here matches: a reference does not. */
  | {
      readonly kind: 'written';
      readonly path: string;
      readonly pattern: RegExp;
    }
  | {
      readonly kind: 'between';
      readonly path: string;
      readonly least: number;
      readonly most: number;
    }
  | {
      readonly kind: 'test';
      readonly path: string;
      readonly passes: (value: Value) => boolean | undefined;
    }
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  /** `some`: an item at the path meets the condition. `every`: none does not, and there may be none. */
  | {
      readonly kind: 'some' | 'every';
      readonly path: string;
      readonly condition: Condition;
    }
  /** Another resource of these types refers to this one through `via`, and meets the condition. */
  | {
      readonly kind: 'referredBy';
      readonly types: readonly string[];
      readonly via: string;
      readonly condition?: Condition;
    }
  /** A resource of these types that this one names at `path` meets the condition. */
  | {
      readonly kind: 'refersTo';
      readonly types: readonly string[];
      readonly path: string;
      readonly condition: Condition;
    }
  | {
      readonly kind: 'asks';
      readonly ask: (resource: Resource) => boolean | undefined;
    };

type Scalar = string | number | boolean;

/** The value at the path is one of these. */
export const is = (path: string, ...values: readonly Scalar[]): Condition => ({
  kind: 'equals',
  path,
  values,
});
/** There is a value at the path, and it is neither null nor empty. */
export const isSet = (path: string): Condition => ({ kind: 'set', path });
/** The text at the path matches. */
export const matches = (path: string, pattern: RegExp): Condition => ({
  kind: 'matches',
  path,
  pattern,
});
/** A text that is written out at the path matches. What is known only later does not. */
export const isWritten = (path: string, pattern: RegExp): Condition => ({
  kind: 'written',
  path,
  pattern,
});
/** The number at the path lies between two others, both included. */
export const between = (
  path: string,
  least: number,
  most = Infinity,
): Condition => ({ kind: 'between', path, least, most });
/** The value at the path passes a test of its own. */
export const passes = (
  path: string,
  test: (value: Value) => boolean | undefined,
): Condition => ({ kind: 'test', path, passes: test });
export const all = (...conditions: readonly Condition[]): Condition => ({
  kind: 'all',
  conditions,
});
export const any = (...conditions: readonly Condition[]): Condition => ({
  kind: 'any',
  conditions,
});
export const not = (condition: Condition): Condition => ({
  kind: 'not',
  condition,
});
export const some = (path: string, condition: Condition): Condition => ({
  kind: 'some',
  path,
  condition,
});
export const every = (path: string, condition: Condition): Condition => ({
  kind: 'every',
  path,
  condition,
});
export const referredBy = (
  types: readonly string[],
  via: string,
  condition?: Condition,
): Condition => ({ kind: 'referredBy', types, via, condition });
export const refersTo = (
  types: readonly string[],
  path: string,
  condition: Condition,
): Condition => ({ kind: 'refersTo', types, path, condition });
/** Left out, or one of these: for what is right by default. */
export const isOrUnset = (
  path: string,
  ...values: readonly Scalar[]
): Condition => any(not(isSet(path)), is(path, ...values));
