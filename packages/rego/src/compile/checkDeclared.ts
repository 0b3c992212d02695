import { RegoError } from '../RegoError';
import type { Body, Expr, Location, Term } from '../syntax/ast';
import { patternNames } from './names';

type Count = Map<string, number>;

function countTerm(term: Term, into: Count): void {
  const each = (terms: readonly Term[]): void =>
    terms.forEach(item => countTerm(item, into));
  switch (term.kind) {
    case 'var':
      into.set(term.name, (into.get(term.name) ?? 0) + 1);
      break;
    case 'ref':
      each([term.head, ...term.path]);
      break;
    case 'array':
    case 'set':
      each(term.items);
      break;
    case 'object':
      term.entries.forEach(entry => each(entry));
      break;
    case 'call':
      if (term.ref) countTerm(term.ref, into);
      each(term.args);
      break;
    case 'template':
      term.parts.forEach(
        part => typeof part !== 'string' && countExpr(part, into),
      );
      break;
    case 'arrayComprehension':
    case 'setComprehension':
      countTerm(term.head, into);
      term.body.forEach(expr => countExpr(expr, into));
      break;
    case 'objectComprehension':
      each([term.key, term.head]);
      term.body.forEach(expr => countExpr(expr, into));
      break;
    default:
  }
}

function countExpr(expr: Expr, into: Count): void {
  switch (expr.kind) {
    case 'term':
      countTerm(expr.term, into);
      break;
    case 'some':
      expr.names.forEach(name => countTerm(name, into));
      break;
    default:
      countTerm(expr.domain, into);
      countTerm(expr.value, into);
      if (expr.key) countTerm(expr.key, into);
      if (expr.kind === 'every') {
        expr.body.forEach(each => countExpr(each, into));
      }
  }
  expr.with.forEach(({ value }) => countTerm(value, into));
}

function declaredBy(expr: Expr): Set<string> {
  const names = new Set<string>();
  if (expr.kind === 'some') {
    expr.names.forEach(name => patternNames(name, names));
  }
  return names;
}

function refuseUnused(names: Set<string>, count: Count, at: Location): void {
  for (const name of names) {
    if (!name.startsWith('$') && (count.get(name) ?? 0) === 0) {
      throw new RegoError(
        'rego_compile_error',
        `declared var ${name} unused`,
        at,
      );
    }
  }
}

/** Throws `rego_compile_error` for a variable that `some x` declares and nothing uses. */
export function checkDeclared(body: Body, heads: readonly Term[]): void {
  const declaring = body.filter(expr => expr.kind === 'some');
  if (declaring.length === 0) return;
  const count: Count = new Map();
  body.forEach(expr => expr.kind !== 'some' && countExpr(expr, count));
  heads.forEach(term => countTerm(term, count));
  declaring.forEach(expr => refuseUnused(declaredBy(expr), count, expr.at));
}

/** The same for the variables of `every`, which its body has to use. */
export function checkEvery(expr: Expr & { kind: 'every' }): void {
  const names = new Set<string>();
  patternNames(expr.value, names);
  if (expr.key) patternNames(expr.key, names);
  const count: Count = new Map();
  expr.body.forEach(each => countExpr(each, count));
  refuseUnused(names, count, expr.at);
}
