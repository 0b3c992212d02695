import type { Body, Expr, Term } from '../syntax/ast';

/** Collects the variables of a term or line that are not inside a comprehension or the body of `every`. */
export function directNames(of: Term | Expr, into: Set<string>): void {
  const each = (terms: readonly Term[]): void =>
    terms.forEach(term => directNames(term, into));
  switch (of.kind) {
    case 'var':
      into.add(of.name);
      break;
    case 'ref':
      directNames(of.head, into);
      each(of.path);
      break;
    case 'array':
    case 'set':
      each(of.items);
      break;
    case 'object':
      of.entries.forEach(entry => each(entry));
      break;
    case 'call':
      each(of.args);
      break;
    case 'template':
      of.parts.forEach(
        part => typeof part !== 'string' && directNames(part, into),
      );
      break;
    case 'term':
      directNames(of.term, into);
      break;
    case 'someIn':
      directNames(of.domain, into);
      directNames(of.value, into);
      if (of.key) directNames(of.key, into);
      break;
    case 'every':
      directNames(of.domain, into);
      break;
    default:
  }
  if ('with' in of) {
    of.with.forEach(({ value }) => directNames(value, into));
  }
}

/** The variables that a body declares with `:=`, `some x` or `some x in`. */
export function declaredNames(body: Body): Set<string> {
  const names = new Set<string>();
  for (const expr of body) {
    if (expr.kind === 'some') {
      expr.names.forEach(name => directNames(name, names));
    } else if (expr.kind === 'someIn') {
      patternNames(expr.value, names);
      if (expr.key) patternNames(expr.key, names);
    } else if (
      expr.kind === 'term' &&
      expr.term.kind === 'call' &&
      expr.term.operator === 'assign'
    ) {
      patternNames(expr.term.args[0], names);
    }
  }
  return names;
}

/** Adds the variables that stand where a value would be matched: not those of references and calls. */
export function patternNames(term: Term, into: Set<string>): void {
  switch (term.kind) {
    case 'var':
      into.add(term.name);
      break;
    case 'array':
      term.items.forEach(item => patternNames(item, into));
      break;
    case 'object':
      term.entries.forEach(([, value]) => patternNames(value, into));
      break;
    default:
  }
}
