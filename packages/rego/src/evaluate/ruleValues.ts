import { RegoError } from '../RegoError';
import {
  equal,
  keyOf,
  type Key,
  RegoObject,
  RegoSet,
  type Value,
} from '../values/value';
import type { Context } from './Context';
import { lookUp } from './lookUp';
import { Frame } from './Frame';
import type { Clause, CompiledRule, RuleNode } from './RuleTree';

/** A value being built from several rules: a leaf, a growing set, or a growing object. */
type Growing =
  | { kind: 'leaf'; value: Value }
  | { kind: 'set'; members: Map<Key, Value> }
  | { kind: 'object'; members: Map<Key, { key: Value; value: Growing }> };

const busy = new WeakMap<Context, Set<RuleNode>>();

/** The value that rules give a place in `data`, together with all places below it. */
export function nodeValue(
  context: Context,
  node: RuleNode,
  base: Value | undefined,
): Value | undefined {
  if (context.values.has(node)) return context.values.get(node);
  let working = busy.get(context);
  if (!working) {
    working = new Set();
    busy.set(context, working);
  }
  if (working.has(node)) {
    throw new RegoError(
      'rego_recursion_error',
      `data.${node.path.join('.')} needs its own value`,
    );
  }
  working.add(node);
  try {
    const value = evaluateNode(context, node, base);
    context.values.set(node, value);
    return value;
  } finally {
    working.delete(node);
  }
}

function isHidden(context: Context, node: RuleNode): boolean {
  return context.hidden.size > 0 && context.hidden.has(node.pathKey);
}

function evaluateNode(
  context: Context,
  node: RuleNode,
  base: Value | undefined,
): Value | undefined {
  if (isHidden(context, node)) return base;
  if (!node.hasValue) {
    if (node.children.size === 0 && node.isFunction) return undefined;
    return childValues(context, node, base);
  }
  const result = grow(context, node, [], undefined);
  if (result) return settle(result);
  return node.byDefault && defaultValue(context, node.byDefault);
}

function childValues(
  context: Context,
  node: RuleNode,
  base: Value | undefined,
): Value {
  const pairs = new Map<Key, readonly [Value, Value]>();
  if (base instanceof RegoObject) {
    base.raw().forEach((pair, key) => pairs.set(key, pair));
  }
  for (const [name, child] of node.children) {
    const value = nodeValue(context, child, lookUp(base, name));
    // Where both have a value for one name, what was given counts.
    if (child.hasValue && pairs.has(name)) continue;
    if (value === undefined) pairs.delete(keyOf(name));
    else pairs.set(keyOf(name), [name, value]);
  }
  return new RegoObject(pairs);
}

/** Runs a rule's clauses; the first that gives something counts. Says whether one did. */
export function runRule(
  rule: CompiledRule,
  frame: Frame,
  take: (clause: Clause, frame: Frame) => boolean,
): boolean {
  for (const clause of rule.clauses) {
    let any = false;
    frame.sink = each => {
      any = true;
      return take(clause, each);
    };
    clause.run(frame);
    if (any) return true;
  }
  return false;
}

/** The value of a default; it may be a comprehension. */
export function defaultValue(
  context: Context,
  rule: CompiledRule,
): Value | undefined {
  let value: Value | undefined;
  runRule(rule, new Frame(rule.slots, context), (clause, frame) => {
    value = clause.value?.(frame);
    return true;
  });
  return value;
}

/** Ends the evaluation: two rules do not agree. */
export function conflict(message: string, rule: CompiledRule): never {
  throw new RegoError('eval_conflict_error', message, rule.at);
}

/** What the rules of a place and of the places below it give together. */
function grow(
  context: Context,
  node: RuleNode,
  prefix: readonly Value[],
  before: Growing | undefined,
): Growing | undefined {
  let result = before;
  const rules = node.index?.select(context.input) ?? node.rules;
  for (const rule of node.rules) {
    const [{ key, path: rest }] = rule.clauses;
    if (rest.length > 0) {
      result = ensure(result, prefix, { kind: 'object', members: new Map() });
    } else if (key !== undefined) {
      result = ensure(result, prefix, { kind: 'set', members: new Map() });
    }
  }
  rules.forEach(rule => {
    runRule(rule, new Frame(rule.slots, context), (clause, frame) => {
      const path = [...prefix, ...clause.path.map(part => part(frame))];
      const leaf: Growing = clause.key
        ? { kind: 'set', members: memberOf(clause.key(frame)) }
        : { kind: 'leaf', value: clause.value!(frame) };
      result = insert(result, path, 0, leaf, rule);
      return clause.constant !== undefined;
    });
  });
  for (const [name, child] of node.children) {
    if (child.isFunction || isHidden(context, child)) continue;
    const path = [...prefix, name];
    const size = result;
    result = grow(context, child, path, result);
    if (child.byDefault && !has(result, path)) {
      const value = defaultValue(context, child.byDefault);
      if (value !== undefined)
        result = insert(
          result ?? size,
          path,
          0,
          { kind: 'leaf', value },
          child.byDefault,
        );
    }
  }
  return result;
}

function has(growing: Growing | undefined, path: readonly Value[]): boolean {
  let at = growing;
  for (const key of path) {
    if (at?.kind !== 'object') return false;
    at = at.members.get(keyOf(key))?.value;
  }
  return at !== undefined;
}

/** Makes an empty collection where there is nothing yet. */
function ensure(
  growing: Growing | undefined,
  path: readonly Value[],
  empty: Growing,
): Growing {
  if (path.length === 0) return growing ?? empty;
  if (growing && growing.kind !== 'object') return growing;
  const object = growing ?? { kind: 'object' as const, members: new Map() };
  const [key, ...rest] = path;
  const text = keyOf(key);
  object.members.set(text, {
    key,
    value: ensure(object.members.get(text)?.value, rest, empty),
  });
  return object;
}

function memberOf(value: Value): Map<Key, Value> {
  return new Map([[keyOf(value), value]]);
}

function insert(
  into: Growing | undefined,
  path: readonly Value[],
  at: number,
  leaf: Growing,
  rule: CompiledRule,
): Growing {
  if (at === path.length) {
    if (!into) return leaf;
    if (into.kind === 'set' && leaf.kind === 'set') {
      leaf.members.forEach((value, key) => into.members.set(key, value));
      return into;
    }
    if (into.kind === 'leaf' && leaf.kind === 'leaf') {
      if (!equal(into.value, leaf.value)) {
        conflict(
          path.length > 0
            ? 'object keys must be unique'
            : 'complete rules must not produce multiple outputs',
          rule,
        );
      }
      return into;
    }
    if (into.kind === 'object' && into.members.size === 0) return leaf;
    return conflict('object keys must be unique', rule);
  }
  if (into && into.kind !== 'object') {
    return conflict('object keys must be unique', rule);
  }
  const object = into ?? { kind: 'object' as const, members: new Map() };
  const key = path[at];
  const text = keyOf(key);
  const value = insert(
    object.members.get(text)?.value,
    path,
    at + 1,
    leaf,
    rule,
  );
  object.members.set(text, { key, value });
  return object;
}

function settle(growing: Growing): Value {
  switch (growing.kind) {
    case 'leaf':
      return growing.value;
    case 'set':
      return new RegoSet(growing.members);
    default: {
      const pairs = new Map<Key, readonly [Value, Value]>();
      growing.members.forEach(({ key, value }, text) =>
        pairs.set(text, [key, settle(value)]),
      );
      return new RegoObject(pairs);
    }
  }
}
