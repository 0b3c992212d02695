import { RegoError } from '../RegoError';
import { normal, type Value } from '../values/value';
import type { Body, Expr, Location, Term, With } from './ast';
import { scan } from './scan';
import { TokenStream } from './TokenStream';

const RELATIONS: Readonly<Record<string, string>> = {
  '==': 'equal',
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};
const SUMS: Readonly<Record<string, string>> = { '+': 'plus', '-': 'minus' };
const FACTORS: Readonly<Record<string, string>> = {
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
};
/** Words that are never variables. */
const RESERVED = new Set([
  'as',
  'default',
  'else',
  'false',
  'import',
  'not',
  'null',
  'package',
  'some',
  'true',
  'with',
]);
const FUTURE = ['in', 'every', 'if', 'contains'] as const;
const MAX_DEPTH = 1_000;

const MOST_DIGITS = 1_000;

/** A number as it is written, exactly where it is whole. */
export function readNumber(text: string): Value {
  const found = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const [, sign, whole, fraction = '', exponent = '0'] = found;
  const zeros = Number(exponent) - fraction.length;
  if (zeros < 0 || zeros > MOST_DIGITS) return normal(Number(text));
  return normal(BigInt(`${sign}${whole}${fraction}${'0'.repeat(zeros)}`));
}

/** Reads terms, expressions and bodies. */
export class Parser {
  readonly stream: TokenStream;
  readonly file: string;
  /** The words of later versions that are keywords here. */
  readonly keywords: Set<string>;
  #depth = 0;
  #wildcards: { count: number };

  constructor(options: {
    text: string;
    file: string;
    keywords: Iterable<string>;
    from?: Location;
    wildcards?: { count: number };
  }) {
    this.file = options.file;
    this.stream = new TokenStream(
      scan(options.text, options.file, options.from),
    );
    this.keywords = new Set(options.keywords);
    this.#wildcards = options.wildcards ?? { count: 0 };
  }

  static readonly futureKeywords = FUTURE;

  isKeyword(word: string): boolean {
    return RESERVED.has(word) || this.keywords.has(word);
  }

  /** Whether a word begins a reference, as `if` does in `if.x`: then it is a name like any other. */
  get beginsRef(): boolean {
    const { token } = this.stream;
    const next = this.stream.peek();
    return (
      token.type === 'identifier' &&
      next.type === 'sign' &&
      (next.text === '.' || next.text === '[') &&
      next.at.offset === token.end
    );
  }

  #deeper<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.stream.fail('it is nested too deeply');
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Lines up to a closing sign, or up to the end. */
  body(end: string | undefined): Expr[] {
    const { stream } = this;
    const exprs: Expr[] = [];
    for (;;) {
      while (stream.takeIf(';')) {
        // Also an empty line may end with it.
      }
      if (end === undefined ? stream.token.type === 'end' : stream.is(end))
        break;
      const { token } = stream;
      if (
        exprs.length > 0 &&
        !token.newline &&
        !(stream.previous?.text === ';' && stream.previous.type === 'sign')
      ) {
        stream.fail('expected a new line or ; between expressions');
      }
      exprs.push(this.expr());
    }
    if (exprs.length === 0) stream.fail('a body needs an expression');
    return exprs;
  }

  expr(): Expr {
    return this.#deeper(() => {
      const { stream } = this;
      const { at } = stream.token;
      const negated = !this.beginsRef && stream.takeIf('not');
      if (
        !negated &&
        stream.is('some') &&
        stream.token.type === 'identifier' &&
        !this.beginsRef
      ) {
        return this.#some(at);
      }
      if (this.keywords.has('every') && stream.is('every') && !this.beginsRef) {
        if (negated) stream.fail('every cannot be negated');
        return this.#every(at);
      }
      const term = this.#statement();
      return { kind: 'term', term, negated, with: this.#withs(), at };
    });
  }

  #withs(): With[] {
    const { stream } = this;
    const found: With[] = [];
    while (
      stream.is('with') &&
      stream.token.type === 'identifier' &&
      !this.beginsRef
    ) {
      stream.take();
      const target = this.term();
      if (target.kind !== 'var' && target.kind !== 'ref') {
        stream.fail('with needs a reference to input, data or a function');
      }
      stream.expect('as', 'after the target of with');
      found.push({ target, value: this.infix() });
    }
    return found;
  }

  #some(at: Location): Expr {
    const { stream } = this;
    stream.take();
    const mark = stream.mark();
    if (this.keywords.has('in')) {
      const first = this.#or();
      let key: Term | undefined;
      let value = first;
      if (stream.takeIf(',')) {
        key = first;
        value = this.#or();
      }
      if (stream.is('in') && stream.token.type === 'identifier') {
        stream.take();
        const domain = this.#or();
        const more = { negated: false, with: this.#withs(), at } as const;
        return { kind: 'someIn', key, value, domain, ...more };
      }
      stream.reset(mark);
    }
    const names: Term[] = [];
    do {
      const { token } = stream;
      if (token.type !== 'identifier' || this.isKeyword(token.text)) {
        stream.fail('some needs the name of a variable');
      }
      names.push(this.#var());
    } while (stream.takeIf(','));
    return { kind: 'some', names, negated: false, with: this.#withs(), at };
  }

  #every(at: Location): Expr {
    const { stream } = this;
    stream.take();
    const first = this.term();
    const key = stream.takeIf(',') ? first : undefined;
    const value = key ? this.term() : first;
    if (!stream.is('in'))
      stream.fail('expected in after the variables of every');
    stream.take();
    const domain = this.#or();
    stream.expect('{', 'before the body of every');
    const body = this.body('}');
    stream.expect('}', 'after the body of every');
    return {
      kind: 'every',
      key,
      value,
      domain,
      body,
      negated: false,
      with: this.#withs(),
      at,
    };
  }

  /** A term with its operators, where `:=` and `=` may stand too. */
  #statement(): Term {
    const { stream } = this;
    const left = this.infix(true);
    const { at } = stream.token;
    for (const [sign, operator] of [
      [':=', 'assign'],
      ['=', 'eq'],
    ]) {
      if (stream.is(sign)) {
        stream.take();
        return { kind: 'call', operator, args: [left, this.infix(true)], at };
      }
    }
    return left;
  }

  /** A term with its operators. `pair` allows `key, value in domain`. */
  infix(pair = false): Term {
    return this.#deeper(() => {
      const { stream } = this;
      const left = this.#relation();
      if (!this.keywords.has('in')) return left;
      if (pair && stream.is(',')) {
        const mark = stream.mark();
        stream.take();
        const value = this.#relation();
        if (stream.is('in')) {
          const { at } = stream.take();
          const domain = this.#relation();
          return this.#moreIn({
            kind: 'call',
            operator: 'internal.member_3',
            args: [left, value, domain],
            at,
          });
        }
        stream.reset(mark);
      }
      return this.#moreIn(left);
    });
  }

  #moreIn(left: Term): Term {
    let term = left;
    while (
      this.stream.is('in') &&
      this.stream.token.type === 'identifier' &&
      !this.beginsRef
    ) {
      const { at } = this.stream.take();
      const args = [term, this.#relation()];
      term = { kind: 'call', operator: 'internal.member_2', args, at };
    }
    return term;
  }

  #operators(names: Readonly<Record<string, string>>, next: () => Term): Term {
    let left = next();
    const { stream } = this;
    while (
      stream.token.type === 'sign' &&
      Object.hasOwn(names, stream.token.text)
    ) {
      const { at, text } = stream.take();
      left = { kind: 'call', operator: names[text], args: [left, next()], at };
    }
    return left;
  }

  #relation(): Term {
    return this.#operators(RELATIONS, () => this.#or());
  }

  #or(): Term {
    return this.#operators({ '|': 'or' }, () => this.#and());
  }

  #and(): Term {
    return this.#operators({ '&': 'and' }, () => this.#sum());
  }

  #sum(): Term {
    return this.#operators(SUMS, () => this.#factor());
  }

  #factor(): Term {
    return this.#operators(FACTORS, () => this.term());
  }

  #var(): Term {
    const { text, at } = this.stream.take();
    if (text !== '_') return { kind: 'var', name: text, at };
    this.#wildcards.count += 1;
    return { kind: 'var', name: `$${this.#wildcards.count}`, at };
  }

  /** A term without operators. */
  term(): Term {
    return this.#deeper(() => this.#suffixes(this.#head()));
  }

  #head(): Term {
    const { stream } = this;
    const { token } = stream;
    const { at } = token;
    switch (token.type) {
      case 'number':
        stream.take();
        return { kind: 'scalar', value: readNumber(token.text), at };
      case 'string':
        stream.take();
        return { kind: 'scalar', value: token.text, at };
      case 'template':
        return this.#template();
      case 'identifier':
        return this.#word();
      default:
    }
    if (token.type === 'sign') {
      switch (token.text) {
        case '-': {
          stream.take();
          const number = stream.token;
          if (number.type !== 'number' || !stream.adjacent) {
            stream.fail('expected a number after the sign');
          }
          stream.take();
          return { kind: 'scalar', value: readNumber(`-${number.text}`), at };
        }
        case '[':
          return this.#array();
        case '{':
          return this.#braces();
        case '(': {
          stream.take();
          const inner = this.infix(true);
          stream.expect(')', 'to close the parenthesis');
          return inner;
        }
        default:
      }
    }
    return stream.fail('expected a term');
  }

  #word(): Term {
    const { stream } = this;
    const { text, at } = stream.token;
    const scalars: Readonly<Record<string, Value>> = {
      true: true,
      false: false,
      null: null,
    };
    if (Object.hasOwn(scalars, text) && !this.beginsRef) {
      stream.take();
      return { kind: 'scalar', value: scalars[text], at };
    }
    if (this.isKeyword(text) && !this.beginsRef) {
      // The words that came later may still name a member: contains(x, y).
      const next = stream.peek();
      const called = next.text === '(' && next.at.offset === stream.token.end;
      if (!(text === 'contains' && called)) {
        stream.fail('this word has a meaning of its own');
      }
    }
    if (text === 'set') {
      const [open, close] = [stream.peek(1), stream.peek(2)];
      if (
        open.text === '(' &&
        close.text === ')' &&
        open.at.offset === stream.token.end
      ) {
        stream.take();
        stream.take();
        stream.take();
        return { kind: 'set', items: [], at };
      }
    }
    return this.#var();
  }

  #template(): Term {
    const { at, parts = [] } = this.stream.take();
    return {
      kind: 'template',
      at,
      parts: parts.map(part => {
        if (typeof part === 'string') return part;
        const inner = new Parser({
          text: part.text,
          file: this.file,
          keywords: this.keywords,
          from: part.at,
          wildcards: this.#wildcards,
        });
        const expr = inner.expr();
        if (inner.stream.token.type !== 'end') {
          inner.stream.fail('a template expression is one expression');
        }
        return expr;
      }),
    };
  }

  #array(): Term {
    const { stream } = this;
    const { at } = stream.take();
    if (stream.takeIf(']')) return { kind: 'array', items: [], at };
    const found = this.#comprehension(']');
    if (found) {
      return {
        kind: 'arrayComprehension',
        head: found.head,
        body: found.body,
        at,
      };
    }
    const items = this.#list(']');
    return { kind: 'array', items, at };
  }

  #list(end: string, first?: Term): Term[] {
    const { stream } = this;
    const items = first ? [first] : [this.infix()];
    while (stream.takeIf(',')) {
      if (stream.is(end)) break;
      items.push(this.infix());
    }
    stream.expect(end, 'to close the list');
    return items;
  }

  /** `head | body` up to the end sign, where that is what stands here. */
  #comprehension(end: string): { head: Term; body: Body } | undefined {
    const { stream } = this;
    const mark = stream.mark();
    const wildcards = this.#wildcards.count;
    try {
      const head = this.term();
      if (stream.takeIf('|')) {
        const body = this.body(end);
        stream.expect(end, 'to close the comprehension');
        return { head, body };
      }
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
    }
    stream.reset(mark);
    this.#wildcards.count = wildcards;
    return undefined;
  }

  #braces(): Term {
    const { stream } = this;
    const { at } = stream.take();
    if (stream.takeIf('}')) return { kind: 'object', entries: [], at };
    const found = this.#comprehension('}');
    if (found) {
      return {
        kind: 'setComprehension',
        head: found.head,
        body: found.body,
        at,
      };
    }
    const first = this.infix();
    if (!stream.takeIf(':')) {
      const items = this.#list('}', first);
      return { kind: 'set', items, at };
    }
    const mark = stream.mark();
    const wildcards = this.#wildcards.count;
    try {
      const head = this.term();
      if (stream.takeIf('|')) {
        const body = this.body('}');
        stream.expect('}', 'to close the comprehension');
        return { kind: 'objectComprehension', key: first, head, body, at };
      }
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
    }
    stream.reset(mark);
    this.#wildcards.count = wildcards;
    const entries: Array<readonly [Term, Term]> = [[first, this.infix()]];
    while (stream.takeIf(',')) {
      if (stream.is('}')) break;
      const key = this.infix();
      stream.expect(':', 'between key and value');
      entries.push([key, this.infix()]);
    }
    stream.expect('}', 'to close the object');
    return { kind: 'object', entries, at };
  }

  /** What follows a term without a space: `.name`, `[term]`, `(arguments)`. */
  #suffixes(head: Term): Term {
    const { stream } = this;
    let path: Term[] = [];
    let term = head;
    const close = (): Term => {
      if (path.length > 0) {
        term = { kind: 'ref', head: term, path, at: head.at };
        path = [];
      }
      return term;
    };
    while (stream.adjacent && stream.token.type === 'sign') {
      if (stream.is('.')) {
        stream.take();
        const name = stream.token;
        if (name.type !== 'identifier')
          stream.fail('expected a name after the dot');
        stream.take();
        path.push({ kind: 'scalar', value: name.text, at: name.at });
      } else if (stream.is('[')) {
        stream.take();
        path.push(this.infix());
        stream.expect(']', 'to close the reference');
      } else if (stream.is('(')) {
        const operator =
          operatorName(close()) ?? stream.fail('this cannot be called');
        stream.take();
        const args: Term[] = [];
        while (!stream.is(')')) {
          args.push(this.infix());
          if (!stream.takeIf(',')) break;
        }
        stream.expect(')', 'to close the arguments');
        term = { kind: 'call', operator, ref: term, args, at: head.at };
      } else {
        break;
      }
    }
    return close();
  }
}

/** The dotted name of what is called. */
export function operatorName(term: Term): string | undefined {
  if (term.kind === 'var') return term.name;
  if (term.kind !== 'ref' || term.head.kind !== 'var') return undefined;
  const parts = term.path.map(each =>
    each.kind === 'scalar' && typeof each.value === 'string'
      ? each.value
      : undefined,
  );
  return parts.includes(undefined)
    ? undefined
    : [term.head.name, ...parts].join('.');
}
