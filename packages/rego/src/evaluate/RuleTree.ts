import type { Location } from '../syntax/ast';
import type { Value } from '../values/value';
import type { Frame, Step } from './Frame';
import type { RuleIndex } from './RuleIndex';

/** One body with what it gives, ready to run: each time it holds, the frame's sink is called. */
export interface Clause {
  readonly run: Step;
  readonly path: ReadonlyArray<(frame: Frame) => Value>;
  readonly key?: (frame: Frame) => Value;
  readonly value?: (frame: Frame) => Value;
  /** The value, where it is the same each time the body holds. */
  readonly constant?: Value;
}

/** What has to be so before a rule can hold: a member of the input, or an operand, that equals a scalar. */
export interface Guard {
  readonly of: readonly string[] | number;
  readonly value: Value;
}

/** A rule ready to run: the first of its clauses that gives something counts. */
export interface CompiledRule {
  readonly clauses: readonly Clause[];
  readonly slots: number;
  readonly args?: ReadonlyArray<(frame: Frame, value: Value) => boolean>;
  readonly guards: readonly Guard[];
  readonly at: Location;
}

/** A place in `data` that rules give values to. */
export class RuleNode {
  readonly children = new Map<string, RuleNode>();
  readonly rules: CompiledRule[] = [];
  readonly functions: CompiledRule[] = [];
  byDefault: CompiledRule | undefined;
  isFunction = false;
  /** Which of `rules` or `functions` may hold; made when all of them are here. */
  index: RuleIndex | undefined;
  readonly path: readonly string[];
  readonly pathKey: string;

  constructor(path: readonly string[]) {
    this.path = path;
    this.pathKey = path.join('\u0000');
  }

  get hasValue(): boolean {
    return (
      this.rules.length > 0 ||
      (this.byDefault !== undefined && !this.isFunction)
    );
  }

  child(name: string): RuleNode {
    let node = this.children.get(name);
    if (!node) {
      node = new RuleNode([...this.path, name]);
      this.children.set(name, node);
    }
    return node;
  }

  find(path: readonly string[]): RuleNode | undefined {
    return path.reduce<RuleNode | undefined>(
      (node, part) => node?.children.get(part),
      this,
    );
  }
}
