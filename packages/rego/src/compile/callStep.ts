import { RegoError } from '../RegoError';
import { builtinCall, isRelation } from '../builtins';
import type { Replacement } from '../evaluate/Context';
import type { Frame } from '../evaluate/Frame';
import { callFunction } from '../evaluate/callFunction';
import { isArray, type Value } from '../values/value';
import type { Ordered } from './order';
import { builder, matcher } from './patterns';
import type { Make, StepWorld } from './StepWorld';

/** Compiles the call of a built-in or of a function of a policy. */
export function compileCall(
  step: Ordered & { op: 'call' },
  bound: Set<number>,
  world: StepWorld,
): Make {
  const args = step.args.map(builder);
  const match = matcher(step.out, bound);
  const { target, at } = step;
  const name = typeof target === 'string' ? target : `data.${target.join('.')}`;

  const replaced = (
    frame: Frame,
    by: Replacement,
    values: Value[],
  ): Value | undefined => {
    const { context } = frame;
    if (by.kind === 'value') return by.value;
    if (by.kind === 'builtin')
      return builtinCall(by.name, at)(values, context.shared);
    const node = world.root.find(by.path);
    // Inside of what replaces a function all functions are themselves again.
    return node && callFunction(context.withoutReplacements, node, values);
  };
  const valuesOf = (frame: Frame): Value[] => {
    const values = new Array<Value>(args.length);
    for (let i = 0; i < args.length; i++) values[i] = args[i](frame);
    frame.context.step();
    return values;
  };

  if (typeof target !== 'string') {
    const node = world.root.find(target);
    if (!node?.isFunction) {
      throw new RegoError('rego_type_error', `undefined function ${name}`, at);
    }
    return next => frame => {
      const values = valuesOf(frame);
      const { context } = frame;
      const by =
        context.replaced.size > 0 ? context.replaced.get(name) : undefined;
      const value = by
        ? replaced(frame, by, values)
        : callFunction(context, node, values);
      return value !== undefined && match(frame, value) && next(frame);
    };
  }
  const call = builtinCall(target, at);
  const many = isRelation(target);
  return next => frame => {
    const values = valuesOf(frame);
    const { context } = frame;
    const by =
      context.replaced.size > 0 ? context.replaced.get(name) : undefined;
    const value = by
      ? replaced(frame, by, values)
      : call(values, context.shared);
    if (value === undefined) return false;
    if (many && !by && isArray(value)) {
      for (const each of value) {
        context.step();
        if (match(frame, each) && next(frame)) return true;
      }
      return false;
    }
    return match(frame, value) && next(frame);
  };
}
