import { RegoError } from '../RegoError';
import type { Body, Expr, Location, Rule, Term } from '../syntax/ast';
import type { Value } from '../values/value';
import type {
  Flat,
  FlatClause,
  FlatRule,
  Pattern,
  Root,
  SlotNames,
  Use,
  WithTarget,
  WithValue,
} from './ir';
import { checkDeclared, checkEvery } from './checkDeclared';
import { declaredNames, directNames } from './names';

/** What names mean outside of a rule. */
export interface Globals {
  readonly package: readonly string[];
  /** The rules of the package, by the first part of their names. */
  readonly rules: ReadonlySet<string>;
  /** Aliases of imports and what they stand for. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  isFunction(path: readonly string[]): boolean;
  isBuiltin(name: string): boolean;
  /** How many operands a built-in, or the function at a path, takes. */
  arityOf(target: string | readonly string[]): number | undefined;
}

interface Scope {
  readonly names: Map<string, number>;
  readonly parent?: Scope;
}

/** Turns a rule's terms into flat steps over numbered variables. */
export class Lowering {
  #slots = 0;
  readonly #slotNames = new Map<number, string>();
  #scope: Scope = { names: new Map() };
  readonly #globals: Globals;
  readonly uses: Use[] = [];

  constructor(globals: Globals) {
    this.#globals = globals;
  }

  get slots(): number {
    return this.#slots;
  }

  get slotNames(): SlotNames {
    return this.#slotNames;
  }

  /** The variables of the open scope that have names of their own. */
  names(): Array<[string, number]> {
    return [...this.#scope.names].filter(([name]) => !name.startsWith('$'));
  }

  static rule(rule: Rule, globals: Globals): FlatRule {
    const lowering = new Lowering(globals);
    return lowering.#rule(rule);
  }

  #rule(rule: Rule): FlatRule {
    const names = rule.ref.map((term, index) => {
      if (index === 0 && term.kind === 'var') return term.name;
      return term.kind === 'scalar' && typeof term.value === 'string'
        ? term.value
        : undefined;
    });
    const dynamic = names.indexOf(undefined);
    const fixed = (dynamic < 0 ? names : names.slice(0, dynamic)) as string[];
    const rest = dynamic < 0 ? [] : rule.ref.slice(dynamic);
    // Arguments are seen by every clause.
    const argNames = new Set<string>();
    rule.args?.forEach(arg => directNames(arg, argNames));
    for (const name of argNames) {
      if (!name.startsWith('$'))
        this.#scope.names.set(name, this.#slotOf(name));
    }
    const before: Flat[] = [];
    const args = rule.args?.map(arg => this.#term(arg, before));
    if (before.length > 0) {
      throw new RegoError(
        'rego_compile_error',
        'arguments of a function are variables and values',
        rule.at,
      );
    }
    const clauses: FlatClause[] = [];
    const all = [
      { value: rule.value, body: rule.body, at: rule.at },
      ...rule.otherwise,
    ];
    for (const { value, body } of all) {
      const heads = [
        ...rest,
        ...(rule.key ? [rule.key] : []),
        ...(value ? [value] : []),
      ];
      this.#inScope(body, heads, () => {
        const flats = this.body(body);
        const path = rest.map(term => this.#term(term, flats));
        const key = rule.key && this.#term(rule.key, flats);
        clauses.push({
          path,
          key,
          value: value && this.#term(value, flats),
          body: flats,
        });
      });
    }
    return {
      path: [...this.#globals.package, ...fixed],
      isDefault: rule.isDefault,
      args,
      clauses,
      slots: this.#slots,
      names: this.#slotNames,
      at: rule.at,
      uses: this.uses,
    };
  }

  /** Lowers the body of a query; answers its steps. The scope stays open for `names`. */
  query(body: Body): Flat[] {
    this.#open(body, []);
    return this.body(body);
  }

  #open(body: Body, heads: readonly Term[]): void {
    const names = new Map<string, number>();
    const parent = this.#scope;
    const declared = declaredNames(body);
    for (const name of declared) names.set(name, this.#slotOf(name));
    const direct = new Set<string>();
    body.forEach(expr => directNames(expr, direct));
    heads.forEach(term => directNames(term, direct));
    this.#scope = { names, parent };
    for (const name of direct) {
      if (
        !names.has(name) &&
        this.#lookup(name) === undefined &&
        !this.#isGlobal(name)
      ) {
        names.set(name, this.#slotOf(name));
      }
    }
  }

  #inScope<T>(body: Body, heads: readonly Term[], work: () => T): T {
    const before = this.#scope;
    checkDeclared(body, heads);
    this.#open(body, heads);
    try {
      return work();
    } finally {
      this.#scope = before;
    }
  }

  #slotOf(name: string): number {
    const slot = this.#slots++;
    if (!name.startsWith('$')) this.#slotNames.set(slot, name);
    return slot;
  }

  #lookup(name: string): number | undefined {
    for (
      let scope: Scope | undefined = this.#scope;
      scope;
      scope = scope.parent
    ) {
      const slot = scope.names.get(name);
      if (slot !== undefined) return slot;
    }
    return undefined;
  }

  #isGlobal(name: string): boolean {
    const { rules, imports } = this.#globals;
    return (
      name === 'input' ||
      name === 'data' ||
      rules.has(name) ||
      imports.has(name)
    );
  }

  #temp(): Pattern & { kind: 'var' } {
    return { kind: 'var', slot: this.#slots++ };
  }

  body(body: Body): Flat[] {
    return body.flatMap(expr => this.#expr(expr));
  }

  #expr(expr: Expr): Flat[] {
    const { at } = expr;
    let flats: Flat[] = this.#plain(expr);
    if (expr.negated) flats = this.#negation(expr, flats);
    if (expr.with.length === 0) return flats;
    const before: Flat[] = [];
    const replace = expr.with.map(({ target, value }) => {
      const goal = this.#withTarget(target);
      return [goal, this.#withValue(goal, value, before)] as const;
    });
    return [...before, { op: 'with', replace, body: flats, at }];
  }

  /**
   * A negation binds nothing: what is written in it has to be bound before. As in OPA only the outermost
   * lookup or call is negated; what its operands need is worked out before, and has to be defined.
   */
  #negation(expr: Expr, flats: readonly Flat[]): Flat[] {
    const names = new Set<string>();
    directNames({ ...expr, with: [] }, names);
    const needs = [...names].flatMap(name => this.#lookup(name) ?? []);
    const last = flats[flats.length - 1];
    const own = new Set(ownPlaces(expr, last?.op === 'unify'));
    const isOwn = (flat: Flat): boolean => flat === last || own.has(flat.at);
    const body = flats.filter(isOwn);
    const before = flats.filter(flat => !isOwn(flat));
    return [...before, { op: 'not', body, needs, at: expr.at }];
  }

  #plain(expr: Expr): Flat[] {
    const { at } = expr;
    const flats: Flat[] = [];
    switch (expr.kind) {
      case 'some':
        return [];
      case 'someIn': {
        const domain = this.#term(expr.domain, flats);
        const value = this.#term(expr.value, flats);
        const key = expr.key ? this.#term(expr.key, flats) : this.#temp();
        const root =
          domain.kind === 'var' ? domain : this.#named(domain, flats, at);
        flats.push({ op: 'ref', root, path: [key], out: value, at });
        return flats;
      }
      case 'every': {
        checkEvery(expr);
        const domain = this.#term(expr.domain, flats);
        const names = new Map<string, number>();
        const before = this.#scope;
        const declared = new Set<string>();
        if (expr.key) directNames(expr.key, declared);
        directNames(expr.value, declared);
        for (const name of declared) names.set(name, this.#slotOf(name));
        this.#scope = { names, parent: before };
        const key = expr.key && this.#term(expr.key, flats);
        const value = this.#term(expr.value, flats);
        const body = this.#inScope(expr.body, [], () => this.body(expr.body));
        this.#scope = before;
        flats.push({ op: 'every', domain, key, value, body, at });
        return flats;
      }
      default:
    }
    const { term } = expr;
    if (term.kind === 'call') {
      if (
        term.operator === 'eq' ||
        term.operator === 'assign' ||
        this.#isComparison(term)
      ) {
        this.#unify(term.args[0], term.args[1], flats, at);
        return flats;
      }
      flats.push(this.#call(term, flats, undefined));
      return flats;
    }
    if (
      term.kind === 'ref' ||
      (term.kind === 'var' && this.#lookup(term.name) === undefined)
    ) {
      this.#ref(term, flats, undefined, true);
      return flats;
    }
    flats.push({ op: 'truthy', pattern: this.#term(term, flats), at });
    return flats;
  }

  /** Whether `==` has sides with nothing that could be bound, so that it may be matched at once. */
  #isComparison({ operator, args }: Term & { kind: 'call' }): boolean {
    return (
      operator === 'equal' &&
      args.length === 2 &&
      args.some(arg => arg.kind === 'ref') &&
      args.every(arg => arg.kind === 'ref' || arg.kind === 'scalar')
    );
  }

  #unify(left: Term, right: Term, flats: Flat[], at: Location): void {
    // A side that is looked up or computed is matched by the other side at once.
    if (this.#isSource(right) && !this.#isSource(left)) {
      const pattern = this.#term(left, flats);
      this.#into(right, pattern, flats);
    } else if (this.#isSource(left)) {
      const pattern = this.#term(right, flats);
      this.#into(left, pattern, flats);
    } else {
      flats.push({
        op: 'unify',
        left: this.#term(left, flats),
        right: this.#term(right, flats),
        at,
      });
    }
  }

  #isSource(term: Term): boolean {
    return (
      term.kind === 'ref' ||
      term.kind === 'call' ||
      term.kind.endsWith('Comprehension') ||
      (term.kind === 'var' &&
        this.#lookup(term.name) === undefined &&
        this.#isGlobal(term.name))
    );
  }

  #into(term: Term, out: Pattern, flats: Flat[]): void {
    const { at } = term;
    switch (term.kind) {
      case 'ref':
      case 'var':
        this.#ref(term, flats, out, false);
        break;
      case 'call':
        flats.push(this.#call(term, flats, out));
        break;
      case 'arrayComprehension':
      case 'setComprehension':
      case 'objectComprehension': {
        const heads =
          term.kind === 'objectComprehension'
            ? [term.key, term.head]
            : [term.head];
        this.#inScope(term.body, heads, () => {
          const body = this.body(term.body);
          const key =
            term.kind === 'objectComprehension'
              ? this.#term(term.key, body)
              : undefined;
          const value = this.#term(term.head, body);
          flats.push({
            op: 'comprehension',
            kind: term.kind.replace('Comprehension', '') as
              | 'array'
              | 'set'
              | 'object',
            key,
            value,
            body,
            out,
            at,
          });
        });
        break;
      }
      default:
        flats.push({
          op: 'unify',
          left: this.#term(term, flats),
          right: out,
          at,
        });
    }
  }

  /** A pattern for a term; what has to be looked up or computed for it goes before. */
  #term(term: Term, flats: Flat[]): Pattern {
    switch (term.kind) {
      case 'scalar':
        return { kind: 'const', value: term.value };
      case 'var': {
        const slot = this.#lookup(term.name);
        if (slot !== undefined) return { kind: 'var', slot };
        if (!this.#isGlobal(term.name)) {
          const own = this.#slots++;
          this.#scope.names.set(term.name, own);
          return { kind: 'var', slot: own };
        }
        break;
      }
      case 'array':
      case 'set':
        return {
          kind: term.kind,
          items: term.items.map(item => this.#term(item, flats)),
        };
      case 'object':
        return {
          kind: 'object',
          entries: term.entries.map(([key, value]) => [
            this.#term(key, flats),
            this.#term(value, flats),
          ]),
        };
      case 'template':
        return this.#template(term, flats);
      default:
    }
    const out = this.#temp();
    this.#into(term, out, flats);
    return out;
  }

  #template(term: Term & { kind: 'template' }, flats: Flat[]): Pattern {
    const items = term.parts.map((part): Pattern => {
      if (typeof part === 'string') return { kind: 'const', value: part };
      const { slot } = this.#temp();
      if (part.kind !== 'term' || part.negated) {
        throw new RegoError(
          'rego_parse_error',
          'a template expression is a term',
          part.at,
        );
      }
      const body: Flat[] = [];
      const inner = this.#term(part.term, body);
      const value: Pattern = { kind: 'set', items: [inner] };
      let steps: Flat[] = body;
      if (part.with.length > 0) {
        const before: Flat[] = [];
        const replace = part.with.map(each => {
          const goal = this.#withTarget(each.target);
          return [goal, this.#withValue(goal, each.value, before)] as const;
        });
        steps = [...before, { op: 'with', replace, body, at: part.at }];
      }
      flats.push({ op: 'optional', body: steps, value, slot, at: part.at });
      return { kind: 'var', slot };
    });
    const out = this.#temp();
    flats.push({
      op: 'call',
      target: 'internal.template_string',
      args: [{ kind: 'array', items }],
      out,
      at: term.at,
    });
    return out;
  }

  #named(pattern: Pattern, flats: Flat[], at: Location): Pattern {
    const temp = this.#temp();
    flats.push({ op: 'unify', left: temp, right: pattern, at });
    return temp;
  }

  #ref(
    term: Term,
    flats: Flat[],
    out: Pattern | undefined,
    _truthy: boolean,
  ): void {
    const { at } = term;
    const head = term.kind === 'ref' ? term.head : term;
    const rest = term.kind === 'ref' ? term.path : [];
    let root: Root;
    let prefix: readonly string[] = [];
    if (head.kind === 'var') {
      const slot = this.#lookup(head.name);
      if (slot !== undefined) {
        root = { kind: 'var', slot };
      } else {
        const path = this.#globalPath(head);
        root = path[0] as 'input' | 'data';
        prefix = path.slice(1);
      }
    } else {
      const pattern = this.#term(head, flats);
      root = pattern.kind === 'var' ? pattern : this.#named(pattern, flats, at);
    }
    const path: Pattern[] = [
      ...prefix.map((value): Pattern => ({ kind: 'const', value })),
      ...rest.map(each => this.#term(each, flats)),
    ];
    if (root === 'data') this.uses.push(useOf(path));
    flats.push({ op: 'ref', root, path, out, at });
  }

  #globalPath(head: Term & { kind: 'var' }): readonly string[] {
    const { name } = head;
    if (name === 'input' || name === 'data') return [name];
    const { imports, rules } = this.#globals;
    const imported = imports.get(name);
    if (rules.has(name)) return ['data', ...this.#globals.package, name];
    if (imported) return imported;
    throw new RegoError(
      'rego_unsafe_var_error',
      `var ${name} is unsafe`,
      head.at,
    );
  }

  /** The path of a function in data, where a dotted name means one. */
  #functionPath(name: string): readonly string[] | undefined {
    const [first, ...rest] = name.split('.');
    if (this.#lookup(first) !== undefined) return undefined;
    const { imports, rules } = this.#globals;
    if (first === 'data') return rest;
    if (rules.has(first)) return [...this.#globals.package, first, ...rest];
    const imported = imports.get(first);
    return imported?.[0] === 'data'
      ? [...imported.slice(1), ...rest]
      : undefined;
  }

  #call(
    term: Term & { kind: 'call' },
    flats: Flat[],
    out: Pattern | undefined,
  ): Flat {
    const { at, operator } = term;
    const path = term.ref ? this.#functionPath(operator) : undefined;
    const arity = this.#globals.arityOf(path ?? operator);
    if (
      arity !== undefined &&
      term.args.length === arity + 1 &&
      operator !== 'print'
    ) {
      // The operand behind the last takes the value.
      const args = term.args.slice(0, arity).map(arg => this.#term(arg, flats));
      const result = this.#term(term.args[arity], flats);
      if (path) this.uses.push(path);
      flats.push({
        op: 'call',
        target: path ?? operator,
        args,
        out: result,
        at,
      });
      const yes: Pattern = { kind: 'const', value: true };
      return { op: 'unify', left: yes, right: out ?? yes, at };
    }
    if (
      arity !== undefined &&
      term.args.length !== arity &&
      operator !== 'print'
    ) {
      throw new RegoError(
        'rego_type_error',
        `${operator}: expected ${arity} arguments, got ${term.args.length}`,
        at,
      );
    }
    const args = term.args.map(arg => this.#term(arg, flats));
    if (path) {
      this.uses.push(path);
      return { op: 'call', target: path, args, out, at };
    }
    if (!this.#globals.isBuiltin(operator)) {
      throw new RegoError(
        'rego_type_error',
        `undefined function ${operator}`,
        at,
      );
    }
    if (operator === 'eq' || operator === 'assign') {
      const result = this.#temp();
      flats.push({ op: 'call', target: 'equal', args, out: result, at });
      return out
        ? { op: 'unify', left: result, right: out, at }
        : { op: 'truthy', pattern: result, at };
    }
    return { op: 'call', target: operator, args, out, at };
  }

  #withTarget(target: Term): WithTarget {
    const path: string[] = [];
    const head = target.kind === 'ref' ? target.head : target;
    if (head.kind !== 'var')
      throw new RegoError(
        'rego_compile_error',
        'with needs a reference',
        target.at,
      );
    if (target.kind === 'ref') {
      for (const term of target.path) {
        if (term.kind !== 'scalar' || typeof term.value !== 'string') {
          throw new RegoError(
            'rego_compile_error',
            'with needs a reference of names',
            target.at,
          );
        }
        path.push(term.value);
      }
    }
    if (head.name === 'input') return { kind: 'input', path };
    if (head.name === 'data') return { kind: 'data', path };
    const { imports, rules } = this.#globals;
    const imported = imports.get(head.name);
    if (rules.has(head.name)) {
      return {
        kind: 'data',
        path: [...this.#globals.package, head.name, ...path],
      };
    }
    if (imported) {
      const [root, ...rest] = imported;
      return { kind: root as 'input' | 'data', path: [...rest, ...path] };
    }
    const name = [head.name, ...path].join('.');
    if (this.#globals.isBuiltin(name)) return { kind: 'builtin', name };
    throw new RegoError(
      'rego_type_error',
      `undefined function ${name}`,
      target.at,
    );
  }

  #withValue(goal: WithTarget, value: Term, flats: Flat[]): WithValue {
    const replacesFunction =
      goal.kind === 'builtin' ||
      (goal.kind === 'data' && this.#globals.isFunction(goal.path));
    if (replacesFunction && (value.kind === 'var' || value.kind === 'ref')) {
      const name = dottedName(value);
      const path = name && this.#functionPath(name);
      if (path && this.#globals.isFunction(path)) {
        this.uses.push(path);
        return { kind: 'function', path };
      }
      if (name && !path && this.#globals.isBuiltin(name))
        return { kind: 'builtin', name };
    }
    return { kind: 'pattern', pattern: this.#term(value, flats) };
  }
}

/** Where the parts of an expression stand that belong to its outermost equation. */
function ownPlaces(expr: Expr, isMatched: boolean): Location[] {
  if (expr.kind !== 'term' || expr.term.kind !== 'call') return [];
  const { operator, args, at } = expr.term;
  const sides = args.filter(arg => arg.kind === 'ref').map(arg => arg.at);
  if (operator === 'eq' || operator === 'equal') return sides;
  // The last operand takes the value: the call is a side too.
  return isMatched ? [at, ...sides] : [];
}

function dottedName(term: Term): string | undefined {
  if (term.kind === 'var') return term.name;
  if (term.kind !== 'ref' || term.head.kind !== 'var') return undefined;
  const parts = term.path.map(each =>
    each.kind === 'scalar' ? each.value : undefined,
  );
  return parts.every(part => typeof part === 'string')
    ? [term.head.name, ...parts].join('.')
    : undefined;
}

/** What a reference may lead to. A member that is no text is the member of a value, which ends the path. */
function useOf(path: readonly Pattern[]): Use {
  const use: Array<string | undefined> = [];
  for (const part of path) {
    const value: Value | undefined =
      part.kind === 'const' ? part.value : undefined;
    if (value !== undefined && typeof value !== 'string') {
      // No rule has such a name.
      use.push('');
      break;
    }
    use.push(value);
  }
  return use;
}
