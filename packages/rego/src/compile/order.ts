import { RegoError } from '../RegoError';
import type { Location } from '../syntax/ast';
import type { Flat, Pattern, SlotNames } from './ir';
import {
  canMatch,
  flatSlots,
  isBound,
  patternSlots,
  rootSlots,
} from './variables';

/** One assignment or comparison that a unification comes down to. */
export interface Match {
  /** Built from bound variables. */
  readonly from: Pattern;
  /** Matched; may bind. */
  readonly to: Pattern;
}

/** A step whose inner steps are in order too. */
export type Ordered = Flat & { readonly matches?: readonly Match[] };

/**
 * Brings steps into an order in which everything is bound before it is needed, and keeps the written
 * order where it can. `outer` are the variables that other steps around these can bind. Throws
 * `rego_unsafe_var_error` where there is no such order.
 */
export function order(
  flats: readonly Flat[],
  bound: ReadonlySet<number>,
  outer: ReadonlySet<number>,
  names: SlotNames,
): { steps: Ordered[]; bound: Set<number> } {
  const found = tryOrder(flats, bound, outer);
  if (!('stuck' in found)) return found;
  const slots = new Set<number>();
  flatSlots(found.stuck, slots);
  const unbound = [...slots].filter(slot => !found.bound.has(slot));
  throw unsafe(unbound, names, found.stuck.at);
}

/** The error for variables that nothing binds; those without a name are `_` or made by us. */
export function unsafe(
  slots: readonly number[],
  names: SlotNames,
  at: Location,
): RegoError {
  const name = slots.map(slot => names.get(slot)).find(Boolean) ?? '_';
  return new RegoError('rego_unsafe_var_error', `var ${name} is unsafe`, at);
}

/** Variables that a step can bind or mention outside of closures. */
function seenOutside(flats: readonly Flat[]): Set<number> {
  const seen = new Set<number>();
  for (const flat of flats) {
    switch (flat.op) {
      case 'comprehension':
        patternSlots(flat.out, seen);
        break;
      case 'not':
        break;
      case 'every':
        patternSlots(flat.domain, seen);
        break;
      case 'optional':
        seen.add(flat.slot);
        break;
      case 'with':
        flat.replace.forEach(
          ([, value]) =>
            value.kind === 'pattern' && patternSlots(value.pattern, seen),
        );
        seenOutside(flat.body).forEach(slot => seen.add(slot));
        break;
      default:
        flatSlots(flat, seen);
    }
  }
  return seen;
}

function tryOrder(
  flats: readonly Flat[],
  before: ReadonlySet<number>,
  outer: ReadonlySet<number>,
):
  | { steps: Ordered[]; bound: Set<number> }
  | { stuck: Flat; bound: Set<number> } {
  const bound = new Set(before);
  const visible = new Set([...outer, ...seenOutside(flats)]);
  const steps: Ordered[] = [];
  const left = [...flats];
  while (left.length > 0) {
    let taken = false;
    for (let i = 0; i < left.length; i++) {
      const step = ready(left[i], bound, visible);
      if (step) {
        steps.push(step.step);
        step.binds.forEach(slot => bound.add(slot));
        left.splice(i, 1);
        taken = true;
        break;
      }
    }
    if (!taken) return { stuck: left[0], bound };
  }
  return { steps, bound };
}

function closed(
  slots: ReadonlySet<number>,
  bound: ReadonlySet<number>,
  visible: ReadonlySet<number>,
): boolean {
  return [...slots].every(slot => bound.has(slot) || !visible.has(slot));
}

function ready(
  flat: Flat,
  bound: ReadonlySet<number>,
  visible: ReadonlySet<number>,
): { step: Ordered; binds: Set<number> } | undefined {
  const binds = new Set<number>();
  switch (flat.op) {
    case 'unify': {
      const matches = matchesOf(flat.left, flat.right, bound);
      if (!matches) return undefined;
      matches.forEach(({ to }) => patternSlots(to, binds));
      return { step: { ...flat, matches }, binds };
    }
    case 'truthy':
      return isBound(flat.pattern, bound) ? { step: flat, binds } : undefined;
    case 'ref': {
      if (typeof flat.root !== 'string' && !isBound(flat.root, bound))
        return undefined;
      rootSlots(flat.root, binds);
      const now = new Set(bound);
      for (const part of flat.path) {
        if (!canMatch(part, now)) return undefined;
        patternSlots(part, now);
        patternSlots(part, binds);
      }
      if (!canMatch(flat.out, now)) return undefined;
      patternSlots(flat.out, binds);
      return { step: flat, binds };
    }
    case 'call':
      if (
        !flat.args.every(arg => isBound(arg, bound)) ||
        !canMatch(flat.out, bound)
      )
        return undefined;
      patternSlots(flat.out, binds);
      return { step: flat, binds };
    case 'comprehension': {
      const inside = new Set<number>();
      flat.body.forEach(each => flatSlots(each, inside));
      patternSlots(flat.key, inside);
      patternSlots(flat.value, inside);
      if (!closed(inside, bound, visible) || !canMatch(flat.out, bound))
        return undefined;
      const body = tryOrder(flat.body, bound, visible);
      if ('stuck' in body) return undefined;
      if (!isBound(flat.key, body.bound) || !isBound(flat.value, body.bound))
        return undefined;
      patternSlots(flat.out, binds);
      return { step: { ...flat, body: body.steps }, binds };
    }
    case 'not': {
      if (!flat.needs.every(slot => bound.has(slot))) return undefined;
      const inside = new Set<number>();
      flat.body.forEach(each => flatSlots(each, inside));
      if (!closed(inside, bound, visible)) return undefined;
      const body = tryOrder(flat.body, bound, visible);
      return 'stuck' in body
        ? undefined
        : { step: { ...flat, body: body.steps }, binds };
    }
    case 'every': {
      if (!isBound(flat.domain, bound)) return undefined;
      const inside = new Set<number>();
      flat.body.forEach(each => flatSlots(each, inside));
      const now = new Set(bound);
      patternSlots(flat.key, now);
      patternSlots(flat.value, now);
      if (!closed(inside, now, visible)) return undefined;
      const body = tryOrder(flat.body, now, visible);
      return 'stuck' in body
        ? undefined
        : { step: { ...flat, body: body.steps }, binds };
    }
    case 'with': {
      for (const [, value] of flat.replace) {
        if (value.kind === 'pattern' && !isBound(value.pattern, bound))
          return undefined;
      }
      const body = tryOrder(flat.body, bound, visible);
      if ('stuck' in body) return undefined;
      return { step: { ...flat, body: body.steps }, binds: body.bound };
    }
    default: {
      const inside = new Set<number>();
      flat.body.forEach(each => flatSlots(each, inside));
      patternSlots(flat.value, inside);
      if (!closed(inside, bound, visible)) return undefined;
      const body = tryOrder(flat.body, bound, visible);
      if ('stuck' in body || !isBound(flat.value, body.bound)) return undefined;
      binds.add(flat.slot);
      return { step: { ...flat, body: body.steps }, binds };
    }
  }
}

const never: Match = {
  from: { kind: 'const', value: true },
  to: { kind: 'const', value: false },
};

/** The assignments and comparisons of a unification in order, or nothing when too little is bound. */
function matchesOf(
  left: Pattern,
  right: Pattern,
  before: ReadonlySet<number>,
): Match[] | undefined {
  const bound = new Set(before);
  const matches: Match[] = [];
  let open: Array<readonly [Pattern, Pattern]> = [[left, right]];
  while (open.length > 0) {
    const next: Array<readonly [Pattern, Pattern]> = [];
    let moved = false;
    for (const [a, b] of open) {
      if (isBound(a, bound) && canMatch(b, bound)) {
        matches.push({ from: a, to: b });
        patternSlots(b, bound);
        moved = true;
      } else if (isBound(b, bound) && canMatch(a, bound)) {
        matches.push({ from: b, to: a });
        patternSlots(a, bound);
        moved = true;
      } else if (a.kind === 'array' && b.kind === 'array') {
        if (a.items.length !== b.items.length) {
          matches.push(never);
        } else {
          a.items.forEach((item, index) => next.push([item, b.items[index]]));
        }
        moved = true;
      } else if (a.kind === 'object' && b.kind === 'object' && pairUp(a, b)) {
        next.push(...pairUp(a, b)!);
        moved = true;
      } else if (
        isBound(a, bound) ||
        isBound(b, bound) ||
        a.kind === 'var' ||
        b.kind === 'var'
      ) {
        next.push([a, b]);
      } else {
        matches.push(never);
        moved = true;
      }
    }
    if (!moved) return undefined;
    open = next;
  }
  return matches;
}

type ObjectPattern = Extract<Pattern, { kind: 'object' }>;

function pairUp(
  a: ObjectPattern,
  b: ObjectPattern,
): Array<readonly [Pattern, Pattern]> | undefined {
  if (a.entries.length !== b.entries.length) return [[never.from, never.to]];
  const pairs: Array<readonly [Pattern, Pattern]> = [];
  for (const [key, value] of a.entries) {
    if (key.kind !== 'const') return undefined;
    const other = b.entries.find(
      ([each]) => each.kind === 'const' && each.value === key.value,
    );
    if (!other) {
      return b.entries.every(([each]) => each.kind === 'const')
        ? [[never.from, never.to]]
        : undefined;
    }
    pairs.push([value, other[1]]);
  }
  return pairs;
}
