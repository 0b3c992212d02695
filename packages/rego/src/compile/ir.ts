import type { Location } from '../syntax/ast';
import type { Value } from '../values/value';

/** What can be built from bound variables, or matched to bind unbound ones. */
export type Pattern =
  | { readonly kind: 'const'; readonly value: Value }
  | { readonly kind: 'var'; readonly slot: number }
  | { readonly kind: 'array' | 'set'; readonly items: readonly Pattern[] }
  | {
      readonly kind: 'object';
      readonly entries: ReadonlyArray<readonly [Pattern, Pattern]>;
    };

/** Where a reference begins. */
export type Root = Pattern | 'input' | 'data';

/** What `with` replaces. */
export type WithTarget =
  | { readonly kind: 'input'; readonly path: readonly string[] }
  | { readonly kind: 'data'; readonly path: readonly string[] }
  | { readonly kind: 'builtin'; readonly name: string };

/** What a replaced function is replaced by. */
export type WithValue =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'function'; readonly path: readonly string[] }
  | { readonly kind: 'builtin'; readonly name: string };

/** One step of a body, in no order yet. */
export type Flat = { readonly at: Location } & (
  | { readonly op: 'unify'; readonly left: Pattern; readonly right: Pattern }
  | { readonly op: 'truthy'; readonly pattern: Pattern }
  | {
      readonly op: 'ref';
      readonly root: Root;
      readonly path: readonly Pattern[];
      /** What the found value has to match; absent where it has to be true. */
      readonly out?: Pattern;
    }
  | {
      readonly op: 'call';
      /** A built-in's name, or the path of a function. */
      readonly target: string | readonly string[];
      readonly args: readonly Pattern[];
      readonly out?: Pattern;
    }
  | {
      readonly op: 'comprehension';
      readonly kind: 'array' | 'set' | 'object';
      readonly key?: Pattern;
      readonly value: Pattern;
      readonly body: readonly Flat[];
      readonly out: Pattern;
    }
  | {
      readonly op: 'not';
      readonly body: readonly Flat[];
      readonly needs: readonly number[];
    }
  | {
      readonly op: 'every';
      readonly domain: Pattern;
      readonly key?: Pattern;
      readonly value: Pattern;
      readonly body: readonly Flat[];
    }
  | {
      readonly op: 'with';
      readonly replace: ReadonlyArray<readonly [WithTarget, WithValue]>;
      readonly body: readonly Flat[];
    }
  | {
      readonly op: 'optional';
      readonly body: readonly Flat[];
      readonly value: Pattern;
      readonly slot: number;
    }
);

/** One way for a rule to have a value. */
export interface FlatClause {
  readonly body: readonly Flat[];
  /** The dynamic part of the rule's name. */
  readonly path: readonly Pattern[];
  readonly key?: Pattern;
  readonly value?: Pattern;
}

/** The path of a reference below `data`; parts that are found out only when it is evaluated are `undefined`. */
export type Use = ReadonlyArray<string | undefined>;

/** The names that variables have in the text, by their numbers. */
export type SlotNames = ReadonlyMap<number, string>;

/** A rule whose names are resolved; `clauses` are the body and its `else`s. */
export interface FlatRule {
  readonly path: readonly string[];
  readonly isDefault: boolean;
  readonly args?: readonly Pattern[];
  readonly clauses: readonly FlatClause[];
  readonly slots: number;
  readonly names: SlotNames;
  readonly at: Location;
  /** What it refers to, for the check of recursion. */
  readonly uses: readonly Use[];
}
