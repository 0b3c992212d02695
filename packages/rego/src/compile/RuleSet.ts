import { arityOf, isBuiltin } from '../builtins';
import type { Step } from '../evaluate/Frame';
import { RuleIndex } from '../evaluate/RuleIndex';
import { RuleNode, type CompiledRule } from '../evaluate/RuleTree';
import type { Module, Term } from '../syntax/ast';
import { checkRecursion } from './checkRecursion';
import { guardsOf } from './guardsOf';
import { Lowering, type Globals } from './Lowering';
import type { FlatRule } from './ir';
import { order, unsafe, type Ordered } from './order';
import { builder, matcher } from './patterns';
import { compileSteps } from './steps';
import type { StepObserver } from './StepWorld';
import { patternSlots } from './variables';

type Placed = CompiledRule & {
  readonly clauses: CompiledRule['clauses'][number][];
  args?: CompiledRule['args'];
  guards: CompiledRule['guards'];
};

const toSink: Step = frame => frame.sink(frame);

function partOfName(term: Term): string {
  if (term.kind === 'var') return term.name;
  return term.kind === 'scalar' ? String(term.value) : '*';
}

/** Makes what is told of the steps of one body. */
export type Observe = (
  rule: FlatRule,
  steps: readonly Ordered[],
) => StepObserver;

/** The rules of all modules, where they give values, ready to run. */
export class RuleSet {
  readonly root = new RuleNode([]);
  readonly #functions = new Map<string, number>();
  readonly #observe: Observe | undefined;

  /** Throws `RegoError` naming the place when a module is wrong. */
  constructor(modules: readonly Module[], observe?: Observe) {
    this.#observe = observe;
    const names = this.#namesOf(modules);
    const flat = modules.flatMap(module => {
      const globals = this.#globals(
        module,
        names.get(module.package.join('\u0000')) ?? new Set(),
      );
      let place = this.root;
      for (const part of module.package) place = place.child(part);
      return module.rules.map(rule => Lowering.rule(rule, globals));
    });
    // Rules refer to each other, so all have their places before one is compiled.
    const placed = flat.map(rule => [rule, this.#place(rule)] as const);
    checkRecursion(flat);
    for (const [rule, compiled] of placed) this.#compile(rule, compiled);
    // What is observed is asked rule by rule.
    if (!observe) addIndexes(this.root);
  }

  /** What names mean in a query. */
  get globals(): Globals {
    return this.#meanings([], new Set(), new Map());
  }

  #namesOf(modules: readonly Module[]): Map<string, Set<string>> {
    const names = new Map<string, Set<string>>();
    for (const module of modules) {
      const key = module.package.join('\u0000');
      const known = names.get(key) ?? new Set();
      names.set(key, known);
      for (const { ref, args } of module.rules) {
        const [head] = ref;
        if (head.kind === 'var') known.add(head.name);
        if (args) {
          const path = [...module.package, ...ref.map(partOfName)];
          this.#functions.set(path.join('\u0000'), args.length);
        }
      }
    }
    return names;
  }

  #globals(module: Module, rules: ReadonlySet<string>): Globals {
    const imports = new Map<string, readonly string[]>();
    for (const { path, alias } of module.imports) {
      if (path[0] === 'future' || path[0] === 'rego') continue;
      imports.set(alias ?? path[path.length - 1], path);
    }
    return this.#meanings(module.package, rules, imports);
  }

  #meanings(
    own: readonly string[],
    rules: ReadonlySet<string>,
    imports: ReadonlyMap<string, readonly string[]>,
  ): Globals {
    return {
      package: own,
      rules,
      imports,
      isBuiltin,
      isFunction: path => this.#functions.has(path.join('\u0000')),
      arityOf: target => {
        if (typeof target !== 'string')
          return this.#functions.get(target.join('\u0000'));
        return isBuiltin(target) ? arityOf(target) : undefined;
      },
    };
  }

  #place(rule: FlatRule): Placed {
    const { slots, at } = rule;
    const compiled: Placed = { clauses: [], guards: [], slots, at };
    let node = this.root;
    for (const part of rule.path) node = node.child(part);
    if (rule.isDefault) node.byDefault = compiled;
    else if (rule.args) node.functions.push(compiled);
    else node.rules.push(compiled);
    if (rule.args) node.isFunction = true;
    return compiled;
  }

  #compile(rule: FlatRule, into: Placed): void {
    const bound = new Set<number>();
    into.args = rule.args?.map(arg => matcher(arg, bound));
    for (const clause of rule.clauses) {
      const heads = new Set<number>();
      clause.path.forEach(part => patternSlots(part, heads));
      patternSlots(clause.key, heads);
      patternSlots(clause.value, heads);
      const all = new Set([...heads, ...bound]);
      const steps = order(clause.body, bound, all, rule.names);
      const unbound = [...heads].filter(slot => !steps.bound.has(slot));
      if (unbound.length > 0) throw unsafe(unbound, rule.names, rule.at);
      const world = {
        root: this.root,
        observer: this.#observe?.(rule, steps.steps),
      };
      const run = compileSteps(steps.steps, new Set(bound), world, toSink);
      const { value } = clause;
      into.clauses.push({
        run,
        path: clause.path.map(builder),
        key: clause.key && builder(clause.key),
        value: value && builder(value),
        constant:
          value?.kind === 'const' && clause.path.length === 0 && !clause.key
            ? value.value
            : undefined,
      });
      if (rule.clauses.length === 1) into.guards = guardsOf(rule, steps.steps);
    }
  }
}

function addIndexes(node: RuleNode): void {
  node.index = RuleIndex.of(node.isFunction ? node.functions : node.rules);
  node.children.forEach(addIndexes);
}
