import { RegoError } from '../RegoError';
import type { FlatRule, Use } from './ir';

interface Place {
  rules: FlatRule[];
  readonly below: Map<string, Place>;
}

function placesOf(rules: readonly FlatRule[]): Place {
  const root: Place = { rules: [], below: new Map() };
  for (const rule of rules) {
    let place = root;
    for (const name of rule.path) {
      const known = place.below.get(name);
      const next = known ?? { rules: [], below: new Map() };
      if (!known) place.below.set(name, next);
      place = next;
    }
    place.rules.push(rule);
  }
  return root;
}

/** The places with rules that a reference may lead to, on its way or below its end. */
function reached(place: Place, use: Use, at = 0): Place[] {
  const own = place.rules.length > 0 ? [place] : [];
  if (at >= use.length) {
    const below = [...place.below.values()];
    return [...own, ...below.flatMap(next => reached(next, use, at))];
  }
  const name = use[at];
  const next =
    name === undefined ? [...place.below.values()] : [place.below.get(name)];
  return [
    ...own,
    ...next.flatMap(each => (each ? reached(each, use, at + 1) : [])),
  ];
}

/** Throws `rego_recursion_error` where a rule needs its own value, be it through others. */
export function checkRecursion(rules: readonly FlatRule[]): void {
  const root = placesOf(rules);
  const state = new Map<Place, 'open' | 'done'>();
  const visit = (place: Place): void => {
    const known = state.get(place);
    if (known === 'done') return;
    if (known === 'open') {
      const [{ path, at }] = place.rules;
      throw new RegoError(
        'rego_recursion_error',
        `rule data.${path.join('.')} is recursive`,
        at,
      );
    }
    state.set(place, 'open');
    for (const rule of place.rules) {
      for (const use of rule.uses) reached(root, use).forEach(visit);
    }
    state.set(place, 'done');
  };
  reached(root, []).forEach(visit);
}
