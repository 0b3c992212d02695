import { Lowering } from './compile/Lowering';
import { order } from './compile/order';
import { RuleSet } from './compile/RuleSet';
import { compileSteps } from './compile/steps';
import { Context } from './evaluate/Context';
import { Frame } from './evaluate/Frame';
import type { RuleNode } from './evaluate/RuleTree';
import {
  parseModule,
  parseQuery,
  type RegoVersion,
} from './syntax/parseModule';
import { fromJson, toJson } from './values/json';
import { keyOf, RegoObject, type Key, type Value } from './values/value';

/** One file of a policy. */
export interface PolicyFile {
  /** The name by which errors call it. */
  readonly file: string;
  readonly text: string;
}

/** How policies are read. */
export interface PolicyOptions {
  /** The language: `v1` unless told otherwise. */
  readonly version?: RegoVersion;
}

/** How a query is evaluated. */
export interface EvaluateOptions {
  /** JSON, or a value made with `fromJson` once for many evaluations. Absent where there is no input. */
  readonly input?: unknown;
  /** JSON, or a value made with `fromJson`: what policies see below `data` beside the rules. */
  readonly data?: unknown;
  /** Errors of built-ins are thrown instead of making an expression undefined. */
  readonly strict?: boolean;
  /** Steps after which the evaluation is ended with `eval_cancel_error`; 10 million by default. */
  readonly maxSteps?: number;
  /** Milliseconds since 1970; now by default. */
  readonly now?: number;
}

/** A query that is ready to be asked many times. */
export interface PreparedQuery {
  /** The values of its variables, once for each way in which it holds; empty where it does not hold. */
  evaluate(options?: EvaluateOptions): Array<ReadonlyMap<string, Value>>;
}

/** A reference or term whose value is ready to be asked for many times. */
export interface PreparedValue {
  /** Its value as JSON (sets are arrays), or `undefined` where it has none. */
  evaluate(options?: EvaluateOptions): unknown;
}

const VALUE = '__value__';

/** Policies that were read, checked and compiled; they are asked by queries. */
export class Policies {
  readonly #rules: RuleSet;
  readonly #version: RegoVersion;

  /** Throws `RegoError` with the place when a file is wrong. */
  constructor(files: readonly PolicyFile[], options: PolicyOptions = {}) {
    this.#version = options.version ?? 'v1';
    this.#rules = new RuleSet(
      files.map(({ file, text }) => parseModule(text, file, this.#version)),
    );
  }

  /** The names of all rules that are no functions, for example `data.shop.deny`, in order. */
  get rules(): string[] {
    const names: string[] = [];
    const visit = (node: RuleNode): void => {
      if (node.hasValue) names.push(['data', ...node.path].join('.'));
      node.children.forEach(visit);
    };
    visit(this.#rules.root);
    return names.sort();
  }

  /** Makes a query ready, for example `data.shop.allow = x`. Throws `RegoError`. */
  prepare(query: string): PreparedQuery {
    const lowering = new Lowering(this.#rules.globals);
    const flats = lowering.query(parseQuery(query, this.#version));
    const { steps } = order(flats, new Set(), new Set(), lowering.slotNames);
    const run = compileSteps(steps, new Set(), this.#rules, frame =>
      frame.sink(frame),
    );
    const names = lowering.names();
    const { root } = this.#rules;
    return {
      evaluate(options = {}) {
        const results: Array<ReadonlyMap<string, Value>> = [];
        const seen = new Set<Key>();
        const frame = new Frame(lowering.slots, contextOf(root, options));
        frame.sink = each => {
          const bindings = new Map<string, Value>();
          for (const [name, slot] of names) {
            bindings.set(name, each.slots[slot]);
          }
          const text = keyOf(RegoObject.of(bindings));
          if (!seen.has(text)) results.push(bindings);
          seen.add(text);
          return false;
        };
        run(frame);
        return results;
      },
    };
  }

  /** Makes the question for one value ready, for example `data.shop.deny`. Throws `RegoError`. */
  prepareValue(term: string): PreparedValue {
    const query = this.prepare(`${VALUE} = ${term}`);
    return {
      evaluate(options) {
        const value = query.evaluate(options)[0]?.get(VALUE);
        return value === undefined ? undefined : toJson(value);
      },
    };
  }
}

/** What an evaluation with these options starts from. */
export function contextOf(root: RuleNode, options: EvaluateOptions): Context {
  const now = options.now ?? Date.now();
  return new Context({
    input: options.input === undefined ? undefined : fromJson(options.input),
    data: fromJson(options.data ?? {}),
    shared: {
      strict: options.strict ?? false,
      now: BigInt(Math.trunc(now)) * 1_000_000n,
      root,
      remembered: new Map(),
      steps: 0,
      maxSteps: options.maxSteps ?? 10_000_000,
    },
  });
}
