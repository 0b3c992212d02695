import { RegoError } from '../RegoError';
import type { WithTarget, WithValue } from '../compile/ir';
import { RegoObject, type Key, type Value } from '../values/value';
import type { RuleNode } from './RuleTree';

/** What a replaced function is replaced by. */
export type Replacement =
  | { readonly kind: 'value'; readonly value: Value }
  | Exclude<WithValue, { kind: 'pattern' }>;

/** What is the same throughout one evaluation. */
export interface Shared {
  /** Errors of built-ins end the evaluation instead of making an expression undefined. */
  readonly strict: boolean;
  /** Nanoseconds since 1970, the same throughout. */
  readonly now: bigint;
  readonly root: RuleNode;
  /** Values of built-ins that differ from call to call, kept for the evaluation. */
  readonly remembered: Map<string, Value>;
  steps: number;
  readonly maxSteps: number;
}

/** What an expression is evaluated in: input, data, and what `with` has replaced. */
export class Context {
  readonly input: Value | undefined;
  readonly data: Value;
  readonly shared: Shared;
  readonly hidden: ReadonlySet<string>;
  readonly replaced: ReadonlyMap<string, Replacement>;
  /** What this one was made from by `with`. */
  readonly outer: Context | undefined;
  #original: Context | undefined;
  readonly values = new Map<RuleNode, Value | undefined>();
  readonly calls = new Map<RuleNode, Map<Key, Value | undefined>>();

  constructor(options: {
    input: Value | undefined;
    data: Value;
    shared: Shared;
    hidden?: ReadonlySet<string>;
    replaced?: ReadonlyMap<string, Replacement>;
    outer?: Context;
  }) {
    this.input = options.input;
    this.data = options.data;
    this.shared = options.shared;
    this.hidden = options.hidden ?? new Set();
    this.replaced = options.replaced ?? new Map();
    this.outer = options.outer;
  }

  /** Counts the work; throws when there is too much of it. */
  step(): void {
    this.shared.steps += 1;
    if (this.shared.steps > this.shared.maxSteps) {
      throw new RegoError(
        'eval_cancel_error',
        `more than ${this.shared.maxSteps} steps; the evaluation was ended`,
      );
    }
  }

  /** This context with things replaced. */
  with(
    replacements: ReadonlyArray<readonly [WithTarget, Replacement]>,
  ): Context {
    let { input, data } = this;
    const hidden = new Set(this.hidden);
    const replaced = new Map(this.replaced);
    for (const [target, replacement] of replacements) {
      if (target.kind === 'builtin') {
        replaced.set(target.name, replacement);
      } else if (target.kind === 'input') {
        if (replacement.kind === 'value')
          input = setPath(input, target.path, replacement.value);
      } else if (
        replacement.kind !== 'value' ||
        this.#isFunction(target.path)
      ) {
        replaced.set(`data.${target.path.join('.')}`, replacement);
      } else {
        data = setPath(data, target.path, replacement.value) ?? data;
        hidden.add(target.path.join('\u0000'));
      }
    }
    const { shared } = this;
    return new Context({ input, data, shared, hidden, replaced, outer: this });
  }

  /** This context with functions that are themselves again, as they are inside of what replaces one. */
  get withoutReplacements(): Context {
    const { input, data, shared, hidden } = this;
    this.#original ??= new Context({ input, data, shared, hidden });
    return this.#original;
  }

  #isFunction(path: readonly string[]): boolean {
    return this.shared.root.find(path)?.isFunction === true;
  }
}

function setPath(
  base: Value | undefined,
  path: readonly string[],
  value: Value,
): Value {
  if (path.length === 0) return value;
  const [first, ...rest] = path;
  const object = base instanceof RegoObject ? base : RegoObject.empty;
  return object.with([[first, setPath(object.get(first), rest, value)]]);
}
