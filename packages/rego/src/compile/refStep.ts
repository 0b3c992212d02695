import type { Context } from '../evaluate/Context';
import type { Frame, Step } from '../evaluate/Frame';
import type { RuleNode } from '../evaluate/RuleTree';
import { lookUp } from '../evaluate/lookUp';
import { nodeValue } from '../evaluate/ruleValues';
import { isArray, RegoObject, RegoSet, type Value } from '../values/value';
import type { Ordered } from './order';
import { builder, matcher } from './patterns';
import type { Make, StepWorld } from './StepWorld';
import { isBound } from './variables';

type PathPart =
  | { readonly known: (frame: Frame) => Value; readonly name?: string }
  | { readonly match: (frame: Frame, value: Value) => boolean };

type Walk = (frame: Frame, value: Value) => boolean;

/** Looks a known member up, or tries every one, and goes on with what was found. */
function makeWalk(part: PathPart, next: Walk): Walk {
  if ('known' in part) {
    const { known } = part;
    return (frame, value) => {
      const found = lookUp(value, known(frame));
      return found !== undefined && next(frame, found);
    };
  }
  const { match } = part;
  return (frame, value) => {
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        frame.context.step();
        if (match(frame, i) && next(frame, value[i])) return true;
      }
    } else if (value instanceof RegoObject) {
      for (const [key, item] of value.entries()) {
        frame.context.step();
        if (match(frame, key) && next(frame, item)) return true;
      }
    } else if (value instanceof RegoSet) {
      for (const item of value.items()) {
        frame.context.step();
        if (match(frame, item) && next(frame, item)) return true;
      }
    }
    return false;
  };
}

function isHidden(context: Context, node: RuleNode): boolean {
  return context.hidden.size > 0 && context.hidden.has(node.pathKey);
}

/** Compiles a reference below `data`, where rules and given data lie over each other. */
function makeNodeWalk(
  parts: readonly PathPart[],
  walks: readonly Walk[],
): (
  frame: Frame,
  node: RuleNode,
  base: Value | undefined,
  at: number,
) => boolean {
  function below(
    frame: Frame,
    node: RuleNode,
    base: Value | undefined,
    key: Value,
    at: number,
  ): boolean {
    const child = typeof key === 'string' ? node.children.get(key) : undefined;
    // In given data a number finds the name that is written like it.
    const found =
      lookUp(base, key) ??
      (typeof key === 'number' ? lookUp(base, String(key)) : undefined);
    if (child) return walkNode(frame, child, found, at + 1);
    return found !== undefined && walks[at + 1](frame, found);
  }
  function walkNode(
    frame: Frame,
    node: RuleNode,
    base: Value | undefined,
    at: number,
  ): boolean {
    const { context } = frame;
    if (at === parts.length || node.hasValue || isHidden(context, node)) {
      const value = nodeValue(context, node, base);
      return value !== undefined && walks[at](frame, value);
    }
    const part = parts[at];
    if ('known' in part) return below(frame, node, base, part.known(frame), at);
    const keys = new Set<Value>(node.children.keys());
    if (base instanceof RegoObject) {
      base.entries().forEach(([key]) => keys.add(key));
    }
    for (const key of keys) {
      context.step();
      if (part.match(frame, key) && below(frame, node, base, key, at)) {
        return true;
      }
    }
    return false;
  }
  return walkNode;
}

/** The rule that a reference of names leads to, and how many names lead there. */
function ruleAt(
  root: RuleNode,
  parts: readonly PathPart[],
): { node: RuleNode; length: number } | undefined {
  let node: RuleNode | undefined = root;
  for (let length = 0; ; length++) {
    if (node?.hasValue) return { node, length };
    const part = parts[length];
    if (!part || !('name' in part) || part.name === undefined) return undefined;
    node = node?.children.get(part.name);
    if (!node) return undefined;
  }
}

/** Compiles a reference: `out` has to match each value that is found. */
export function compileRef(
  step: Ordered & { op: 'ref' },
  bound: Set<number>,
  world: StepWorld,
): Make {
  const root = typeof step.root === 'string' ? step.root : builder(step.root);
  const parts: PathPart[] = step.path.map(part => {
    if (!isBound(part, bound)) return { match: matcher(part, bound) };
    const name =
      part.kind === 'const' && typeof part.value === 'string'
        ? part.value
        : undefined;
    return { known: builder(part), name };
  });
  const match = matcher(step.out, bound);
  return next => {
    const walks: Walk[] = new Array(parts.length + 1);
    walks[parts.length] = (frame, value) => match(frame, value) && next(frame);
    for (let i = parts.length - 1; i >= 0; i--) {
      walks[i] = makeWalk(parts[i], walks[i + 1]);
    }
    const [first] = walks;
    if (root === 'data') return dataStep(world, parts, walks);
    if (root === 'input') {
      return frame => {
        const { input } = frame.context;
        return input !== undefined && first(frame, input);
      };
    }
    return frame => first(frame, root(frame));
  };
}

function dataStep(
  { root }: StepWorld,
  parts: readonly PathPart[],
  walks: readonly Walk[],
): Step {
  const walkNode = makeNodeWalk(parts, walks);
  const rule = ruleAt(root, parts);
  if (!rule) return frame => walkNode(frame, root, frame.context.data, 0);
  const { node, length } = rule;
  const onward = walks[length];
  return frame => {
    const { context } = frame;
    // Nothing in the given data can lie below a rule, unless `with` has put it there.
    if (context.hidden.size > 0) {
      return walkNode(frame, root, context.data, 0);
    }
    const value = nodeValue(context, node, undefined);
    return value !== undefined && onward(frame, value);
  };
}
