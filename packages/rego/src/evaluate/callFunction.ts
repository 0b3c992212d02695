import { RegoError } from '../RegoError';
import { equal, keyOf, type Key, type Value } from '../values/value';
import type { Context } from './Context';
import { Frame } from './Frame';
import { conflict, runRule } from './ruleValues';
import type { CompiledRule, RuleNode } from './RuleTree';

/** Calls a function of a policy; its value for operands that are scalars is remembered. */
export function callFunction(
  context: Context,
  node: RuleNode,
  args: readonly Value[],
): Value | undefined {
  const key = rememberedBy(args);
  if (key === undefined) return call(context, node, args);
  let known = context.calls.get(node);
  if (!known) {
    known = new Map();
    context.calls.set(node, known);
  }
  let value = known.get(key);
  if (value === undefined && !known.has(key)) {
    value = call(context, node, args);
    known.set(key, value);
  }
  return value;
}

function rememberedBy(args: readonly Value[]): Key | undefined {
  if (!args.every(arg => arg === null || typeof arg !== 'object')) {
    return undefined;
  }
  return args.length === 1 ? keyOf(args[0]) : keyOf(args);
}

function call(
  context: Context,
  node: RuleNode,
  args: readonly Value[],
): Value | undefined {
  let result: Value | undefined;
  const run = (rule: CompiledRule): void => {
    checkOperands(rule, node, args);
    const frame = new Frame(rule.slots, context);
    for (let i = 0; i < args.length; i++) {
      if (!rule.args![i](frame, args[i])) return;
    }
    runRule(rule, frame, clause => {
      const value = clause.value!(frame);
      if (result !== undefined && !equal(result, value)) {
        conflict(
          'functions must not produce multiple outputs for same inputs',
          rule,
        );
      }
      result = value;
      return clause.constant !== undefined;
    });
  };
  const rules = node.index?.select(context.input, args) ?? node.functions;
  rules.forEach(run);
  if (result === undefined && node.byDefault) run(node.byDefault);
  return result;
}

function checkOperands(
  rule: CompiledRule,
  { path }: RuleNode,
  args: readonly Value[],
): void {
  const wanted = rule.args!.length;
  if (wanted !== args.length) {
    throw new RegoError(
      'rego_type_error',
      `data.${path.join('.')}: expected ${wanted} arguments, got ${
        args.length
      }`,
      rule.at,
    );
  }
}
