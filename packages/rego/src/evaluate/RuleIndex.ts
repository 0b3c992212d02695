import { keyOf, type Key, type Value } from '../values/value';
import type { CompiledRule, Guard } from './RuleTree';
import { lookUp } from './lookUp';

const FEWEST_RULES = 4;
const nameOf = ({ of }: Guard): string =>
  typeof of === 'number' ? `operand ${of}` : of.join('\u0000');

/** Chooses rules by the one member of the input, or the one operand, that most of them compare with a scalar. */
export class RuleIndex {
  readonly #of: Guard['of'];
  readonly #chosen: ReadonlyMap<Key, readonly CompiledRule[]>;
  /** The rules that do not look at it. */
  readonly #others: readonly CompiledRule[];

  private constructor(
    of: Guard['of'],
    chosen: ReadonlyMap<Key, readonly CompiledRule[]>,
    others: readonly CompiledRule[],
  ) {
    this.#of = of;
    this.#chosen = chosen;
    this.#others = others;
  }

  /** An index, where there are rules enough for it to help. */
  static of(rules: readonly CompiledRule[]): RuleIndex | undefined {
    if (rules.length < FEWEST_RULES) return undefined;
    const counts = new Map<string, { guard: Guard; count: number }>();
    for (const guard of rules.flatMap(rule => rule.guards)) {
      const name = nameOf(guard);
      const { count } = counts.get(name) ?? { count: 0 };
      counts.set(name, { guard, count: count + 1 });
    }
    const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
    if (!best || best.count < FEWEST_RULES) return undefined;
    const name = nameOf(best.guard);
    const wanted = rules.map(
      rule => rule.guards.find(guard => nameOf(guard) === name)?.value,
    );
    const chosen = new Map<Key, readonly CompiledRule[]>();
    for (const value of wanted) {
      if (value === undefined || chosen.has(keyOf(value))) continue;
      chosen.set(
        keyOf(value),
        // In their order, so that errors come from the same rule as without an index.
        rules.filter(
          (_, index) => wanted[index] === undefined || wanted[index] === value,
        ),
      );
    }
    const others = rules.filter((_, index) => wanted[index] === undefined);
    return new RuleIndex(best.guard.of, chosen, others);
  }

  /** The rules that may hold for an input, or for the operands of a function. */
  select(
    input: Value | undefined,
    args: readonly Value[] = [],
  ): readonly CompiledRule[] {
    let value: Value | undefined;
    if (typeof this.#of === 'number') {
      value = args[this.#of];
    } else {
      value = input;
      for (const name of this.#of) value = lookUp(value, name);
    }
    if (value === undefined) return this.#others;
    return this.#chosen.get(keyOf(value)) ?? this.#others;
  }
}
