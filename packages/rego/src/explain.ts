import { RuleSet, type Observe } from './compile/RuleSet';
import type { FlatRule } from './compile/ir';
import type { Ordered } from './compile/order';
import { lookUp } from './evaluate/lookUp';
import { nodeValue } from './evaluate/ruleValues';
import type { Frame } from './evaluate/Frame';
import {
  contextOf,
  type EvaluateOptions,
  type PolicyFile,
  type PolicyOptions,
} from './Policies';
import type { Location } from './syntax/ast';
import { parseModule } from './syntax/parseModule';
import { toJson } from './values/json';

/** How far one body of a rule came. */
export interface BodyExplanation {
  /** Where the rule stands. */
  readonly at: Location;
  /** Whether the body held at least once. */
  readonly held: boolean;
  /** Where it did not hold: the first line that never did, and what was known when it was last tried. */
  readonly stopped?: {
    readonly at: Location;
    readonly line: string;
    readonly values: Readonly<Record<string, unknown>>;
  };
}

class BodyObserver {
  readonly rule: FlatRule;
  readonly #steps: readonly Ordered[];
  #furthest = -1;
  #held = false;
  #values: Record<string, unknown> = {};

  constructor(rule: FlatRule, steps: readonly Ordered[]) {
    this.rule = rule;
    this.#steps = steps;
  }

  entered(step: Ordered, frame: Frame): void {
    const index = this.#steps.indexOf(step);
    if (index < this.#furthest || index < 0) return;
    this.#furthest = index;
    this.#values = {};
    for (const [slot, name] of this.rule.names) {
      const value = frame.slots[slot];
      if (value !== undefined) this.#values[name] = toJson(value);
    }
  }

  passed(step: Ordered): void {
    if (this.#steps.indexOf(step) === this.#steps.length - 1) this.#held = true;
  }

  explanation(texts: ReadonlyMap<string, string>): BodyExplanation {
    const { at } = this.rule;
    const held = this.#held || this.#steps.length === 0;
    const step = this.#steps[this.#furthest];
    if (held || !step) return { at, held };
    const lines = (texts.get(step.at.file) ?? '').split('\n');
    const line = (lines[step.at.row - 1] ?? '').trim();
    return {
      at,
      held,
      stopped: { at: step.at, line, values: this.#values },
    };
  }
}

/**
 * Says for each body of a rule, for example `data.shop.allow`, whether it held, and where not, at which line
 * it stopped and with which values. Slower than an evaluation: for people who ask why. Throws `RegoError`.
 */
export function explain(
  files: readonly PolicyFile[],
  rule: string,
  options: EvaluateOptions & PolicyOptions = {},
): BodyExplanation[] {
  const bodies: BodyObserver[] = [];
  const observe: Observe = (flat, steps) => {
    const observer = new BodyObserver(flat, steps);
    bodies.push(observer);
    return observer;
  };
  const { root } = new RuleSet(
    files.map(({ file, text }) => parseModule(text, file, options.version)),
    observe,
  );
  const path = rule.replace(/^data\./, '').split('.');
  const node = root.find(path);
  if (!node) return [];
  const context = contextOf(root, options);
  const base = path.reduce<ReturnType<typeof lookUp>>(lookUp, context.data);
  nodeValue(context, node, base);
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  return bodies
    .filter(body => body.rule.path.join('.') === path.join('.'))
    .filter(body => !body.rule.isDefault)
    .map(body => body.explanation(texts));
}
