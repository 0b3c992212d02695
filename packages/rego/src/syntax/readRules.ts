import { RegoError } from '../RegoError';
import type { Body, Clause, Location, Rule, Term } from './ast';
import type { Parser } from './Parser';

const TRUE = (at: Location): Term => ({ kind: 'scalar', value: true, at });

interface Head {
  readonly path: readonly Term[];
  readonly args?: readonly Term[];
  /** Whether it ends with a name after a dot. */
  readonly dotted: boolean;
}

class RuleReader {
  readonly #parser: Parser;
  readonly #v1: boolean;

  constructor(parser: Parser, v1: boolean) {
    this.#parser = parser;
    this.#v1 = v1;
  }

  read(): Rule[] {
    const parser = this.#parser;
    const { stream } = parser;
    const { at } = stream.token;
    const isDefault = !parser.beginsRef && stream.takeIf('default');
    const head = this.#head();
    const { args } = head;
    let { path } = head;
    let key: Term | undefined;
    let value: Term | undefined;
    let assigned = false;
    if (this.#takeWord('contains')) {
      key = parser.infix();
    } else if (stream.is(':=') || stream.is('=')) {
      assigned = stream.take().text === ':=';
      value = parser.infix();
    }
    const hasIf = !isDefault && this.#takeWord('if');
    let body: Body = [];
    if (hasIf) body = this.#bodyAfterIf();
    else if (!isDefault && stream.is('{')) body = this.#braced();
    const isOldSet =
      !hasIf &&
      !isDefault &&
      !key &&
      !args &&
      value === undefined &&
      path.length === 2 &&
      (body.length > 0 ? !this.#v1 : !head.dotted);
    if (isOldSet) {
      if (this.#v1) this.#refuse('contains', 'for partial set rules', at);
      [path, key] = [path.slice(0, 1), path[1]];
    }
    if (this.#v1 && body.length > 0 && !hasIf) {
      this.#refuse('if', 'before rule body', at);
    }
    const needed = isDefault || args || path.length === 1;
    if (needed && !value && !key && body.length === 0) {
      stream.fail('a rule needs a value or a body');
    }
    const otherwise = body.length > 0 ? this.#otherwise() : [];
    const bodies = [{ body, otherwise, at }];
    // A rule of the first version may go on with further bodies.
    while (!hasIf && body.length > 0 && !otherwise.length && stream.is('{')) {
      const more = stream.token.at;
      const next = this.#braced();
      bodies.push({ body: next, otherwise: this.#otherwise(), at: more });
    }
    return bodies.map(each => ({
      isDefault,
      ref: path,
      args,
      key,
      value: value ?? (key ? undefined : TRUE(at)),
      assigned,
      ...each,
    }));
  }

  #takeWord(word: string): boolean {
    const { keywords, beginsRef, stream } = this.#parser;
    return keywords.has(word) && !beginsRef && stream.takeIf(word);
  }

  #refuse(word: string, where: string, at: Location): never {
    throw new RegoError(
      'rego_parse_error',
      `\`${word}\` keyword is required ${where}`,
      at,
    );
  }

  #head(): Head {
    const parser = this.#parser;
    const { stream } = parser;
    if (stream.token.type !== 'identifier')
      stream.fail('expected the name of a rule');
    const before = stream.token;
    const after = stream.peek();
    // A name that is a keyword elsewhere, for example a rule called `contains`.
    const term =
      parser.isKeyword(before.text) && after.text !== '(' && !parser.beginsRef
        ? stream.fail('this word cannot name a rule')
        : parser.term();
    if (term.kind === 'call' && term.ref) {
      return { path: flat(term.ref), args: term.args, dotted: false };
    }
    if (term.kind === 'var') return { path: [term], dotted: false };
    if (term.kind !== 'ref') return stream.fail('expected the name of a rule');
    const dotted = stream.previous?.text !== ']';
    return { path: flat(term), dotted };
  }

  #braced(): Body {
    const { stream } = this.#parser;
    stream.expect('{', 'before the body');
    const body = this.#parser.body('}');
    stream.expect('}', 'after the body');
    return body;
  }

  #bodyAfterIf(): Body {
    const { stream } = this.#parser;
    if (!stream.is('{')) return [this.#parser.expr()];
    const mark = stream.mark();
    const comprehension = this.#comprehensionAlone();
    if (comprehension) return comprehension;
    try {
      const body = this.#braced();
      if (this.#endsRule()) return body;
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
      // What begins with a brace may also be a set, an object or a comprehension.
      stream.reset(mark);
      try {
        const expr = this.#parser.expr();
        if (this.#endsRule()) return [expr];
      } catch (second) {
        if (!(second instanceof RegoError)) throw second;
      }
      throw error;
    }
    stream.reset(mark);
    return [this.#parser.expr()];
  }

  /** What reads as a comprehension is one, even where it would read as a body with an operator too. */
  #comprehensionAlone(): Body | undefined {
    const parser = this.#parser;
    const mark = parser.stream.mark();
    try {
      const expr = parser.expr();
      const isOne =
        expr.kind === 'term' && expr.term.kind.endsWith('Comprehension');
      if (isOne && this.#endsRule()) return [expr];
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
    }
    parser.stream.reset(mark);
    return undefined;
  }

  #endsRule(): boolean {
    const { stream } = this.#parser;
    return (
      stream.token.type === 'end' ||
      stream.token.newline ||
      (stream.is('else') && !this.#parser.beginsRef) ||
      stream.is(';') ||
      stream.is('{')
    );
  }

  #otherwise(): Clause[] {
    const parser = this.#parser;
    const { stream } = parser;
    const clauses: Clause[] = [];
    while (stream.is('else') && !parser.beginsRef) {
      const { at } = stream.take();
      let value: Term | undefined;
      if (stream.takeIf(':=') || stream.takeIf('=')) value = parser.infix();
      let body: Body = [];
      if (this.#takeWord('if')) body = this.#bodyAfterIf();
      else if (stream.is('{')) body = this.#braced();
      clauses.push({ value: value ?? TRUE(at), body, at });
    }
    return clauses;
  }
}

function flat(term: Term): Term[] {
  if (term.kind === 'ref') return [...flat(term.head), ...term.path];
  return [term];
}

/** Reads a rule; one with several bodies is several rules. `v1` refuses what only older policies may do. */
export function readRules(parser: Parser, v1: boolean): Rule[] {
  return new RuleReader(parser, v1).read();
}
