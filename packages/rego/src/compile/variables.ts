import type { Flat, Pattern, Root } from './ir';

/** Adds the variables of a pattern. */
export function patternSlots(
  pattern: Pattern | undefined,
  into: Set<number>,
): void {
  switch (pattern?.kind) {
    case 'var':
      into.add(pattern.slot);
      break;
    case 'array':
    case 'set':
      pattern.items.forEach(item => patternSlots(item, into));
      break;
    case 'object':
      pattern.entries.forEach(([key, value]) => {
        patternSlots(key, into);
        patternSlots(value, into);
      });
      break;
    default:
  }
}

export function rootSlots(root: Root, into: Set<number>): void {
  if (typeof root !== 'string') patternSlots(root, into);
}

/** Adds every variable that a step mentions, also inside of its bodies. */
export function flatSlots(flat: Flat, into: Set<number>): void {
  const body = (flats: readonly Flat[]): void =>
    flats.forEach(each => flatSlots(each, into));
  switch (flat.op) {
    case 'unify':
      patternSlots(flat.left, into);
      patternSlots(flat.right, into);
      break;
    case 'truthy':
      patternSlots(flat.pattern, into);
      break;
    case 'ref':
      rootSlots(flat.root, into);
      flat.path.forEach(part => patternSlots(part, into));
      patternSlots(flat.out, into);
      break;
    case 'call':
      flat.args.forEach(arg => patternSlots(arg, into));
      patternSlots(flat.out, into);
      break;
    case 'comprehension':
      body(flat.body);
      patternSlots(flat.key, into);
      patternSlots(flat.value, into);
      patternSlots(flat.out, into);
      break;
    case 'not':
      body(flat.body);
      break;
    case 'every':
      patternSlots(flat.domain, into);
      patternSlots(flat.key, into);
      patternSlots(flat.value, into);
      body(flat.body);
      break;
    case 'with':
      flat.replace.forEach(
        ([, value]) =>
          value.kind === 'pattern' && patternSlots(value.pattern, into),
      );
      body(flat.body);
      break;
    case 'optional':
      body(flat.body);
      patternSlots(flat.value, into);
      into.add(flat.slot);
      break;
    default:
  }
}

/** Whether every variable of a pattern is bound. */
export function isBound(
  pattern: Pattern | undefined,
  bound: ReadonlySet<number>,
): boolean {
  const slots = new Set<number>();
  patternSlots(pattern, slots);
  return [...slots].every(slot => bound.has(slot));
}

/** Whether a value can be matched by a pattern: members of sets and keys of objects have to be known. */
export function canMatch(
  pattern: Pattern | undefined,
  bound: ReadonlySet<number>,
): boolean {
  switch (pattern?.kind) {
    case 'set':
      return isBound(pattern, bound);
    case 'array':
      return pattern.items.every(item => canMatch(item, bound));
    case 'object':
      return pattern.entries.every(
        ([key, value]) => isBound(key, bound) && canMatch(value, bound),
      );
    default:
      return true;
  }
}
