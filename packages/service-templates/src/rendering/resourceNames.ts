/** The names of the thing a service keeps, derived from the service's own name. */
export interface ResourceNames {
  /** For people: `order item`. */
  readonly singular: string;
  /** For paths and folders: `order-items`. */
  readonly plural: string;
  /** For SQL: `order_items`. */
  readonly table: string;
}

const suffixes = /-(?:micro)?(?:service|svc|api|app|backend)$/;
const longest = 20;

/**
 * Derives the resource of a service: `user-service` keeps users. Names too long
 * for a path or a line of code, and names that are nothing but a suffix, keep items.
 */
export function resourceNames(serviceName: string): ResourceNames {
  const stem = serviceName.replace(suffixes, '');
  const plural = pluralOf(stem);
  if (plural.length > longest) {
    return { singular: 'item', plural: 'items', table: 'items' };
  }
  return {
    singular: (plural === stem ? stem.replace(/s$/, '') : stem).replace(
      /-/g,
      ' ',
    ),
    plural,
    table: plural.replace(/-/g, '_'),
  };
}

function pluralOf(word: string): string {
  if (/(?:ss|us|is|x|z|ch|sh)$/.test(word)) {
    return `${word}es`;
  }
  if (/s$/.test(word)) {
    return word;
  }
  if (/[^aeiou-]y$/.test(word)) {
    return `${word.slice(0, -1)}ies`;
  }
  return `${word}s`;
}
