import type { Guard } from '../evaluate/RuleTree';
import type { Value } from '../values/value';
import type { FlatRule, Pattern } from './ir';
import type { Ordered } from './order';

function scalarOf(pattern: Pattern | undefined): Value | undefined {
  if (pattern?.kind !== 'const') return undefined;
  const { value } = pattern;
  return value === null || typeof value !== 'object' ? value : undefined;
}

/** What has to equal a scalar before a body can hold, by which rules are chosen before they run. */
export function guardsOf(rule: FlatRule, steps: readonly Ordered[]): Guard[] {
  const guards: Guard[] = [];
  rule.args?.forEach((arg, index) => {
    const value = scalarOf(arg);
    if (value !== undefined) guards.push({ of: index, value });
  });
  if (rule.args) return guards;
  for (const step of steps) {
    if (step.op !== 'ref' || step.root !== 'input') continue;
    const value = scalarOf(step.out);
    const path = step.path.map(scalarOf);
    if (
      value !== undefined &&
      path.every((part): part is string => typeof part === 'string')
    ) {
      guards.push({ of: path, value });
    }
  }
  return guards;
}
