import type { Value } from '../values/value';

/** Where something stands: file, row and column, both from 1, and the offset in the text. */
export interface Location {
  readonly file: string;
  readonly row: number;
  readonly column: number;
  readonly offset: number;
}

/** A piece of a policy that stands for values. */
export type Term =
  | { readonly kind: 'scalar'; readonly value: Value; readonly at: Location }
  | { readonly kind: 'var'; readonly name: string; readonly at: Location }
  | {
      readonly kind: 'ref';
      readonly head: Term;
      readonly path: readonly Term[];
      readonly at: Location;
    }
  | {
      readonly kind: 'array';
      readonly items: readonly Term[];
      readonly at: Location;
    }
  | {
      readonly kind: 'set';
      readonly items: readonly Term[];
      readonly at: Location;
    }
  | {
      readonly kind: 'object';
      readonly entries: ReadonlyArray<readonly [Term, Term]>;
      readonly at: Location;
    }
  | {
      readonly kind: 'call';
      readonly operator: string;
      /** The operator as it was written, where it was a reference. */
      readonly ref?: Term;
      readonly args: readonly Term[];
      readonly at: Location;
    }
  | {
      readonly kind: 'arrayComprehension' | 'setComprehension';
      readonly head: Term;
      readonly body: Body;
      readonly at: Location;
    }
  | {
      readonly kind: 'objectComprehension';
      readonly key: Term;
      readonly head: Term;
      readonly body: Body;
      readonly at: Location;
    }
  | {
      readonly kind: 'template';
      readonly parts: ReadonlyArray<string | Expr>;
      readonly at: Location;
    };

/** `with target as value`. */
export interface With {
  readonly target: Term;
  readonly value: Term;
}

/** One line of a body. */
export type Expr = {
  readonly negated: boolean;
  readonly with: readonly With[];
  readonly at: Location;
} & (
  | { readonly kind: 'term'; readonly term: Term }
  | { readonly kind: 'some'; readonly names: readonly Term[] }
  | {
      readonly kind: 'someIn';
      readonly key?: Term;
      readonly value: Term;
      readonly domain: Term;
    }
  | {
      readonly kind: 'every';
      readonly key?: Term;
      readonly value: Term;
      readonly domain: Term;
      readonly body: Body;
    }
);

/** Lines that must all hold. */
export type Body = readonly Expr[];

/** `else := value if body`. */
export interface Clause {
  readonly value?: Term;
  readonly body: Body;
  readonly at: Location;
}

/** A rule as it was written. */
export interface Rule {
  readonly isDefault: boolean;
  /** The name and what follows it, for example `p`, `p.q[x]`. */
  readonly ref: readonly Term[];
  readonly args?: readonly Term[];
  /** The member, where the rule makes a set. */
  readonly key?: Term;
  readonly value?: Term;
  /** Whether the value was given with `:=`. */
  readonly assigned: boolean;
  readonly body: Body;
  readonly otherwise: readonly Clause[];
  readonly at: Location;
}

/** `import path as alias`. */
export interface Import {
  readonly path: readonly string[];
  readonly alias?: string;
  readonly at: Location;
}

/** One file. */
export interface Module {
  readonly file: string;
  readonly package: readonly string[];
  readonly imports: readonly Import[];
  readonly rules: readonly Rule[];
  readonly regoV1: boolean;
}
