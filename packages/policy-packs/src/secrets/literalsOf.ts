function splitAlternatives(source: string): string[] {
  const parts = [''];
  let depth = 0;
  for (let i = 0; i < source.length; i += 1) {
    const character = source[i];
    if (character === '\\') {
      parts[parts.length - 1] += character + source[i + 1];
      i += 1;
    } else if (character === '|' && depth === 0) {
      parts.push('');
    } else {
      depth +=
        Number('(['.includes(character)) - Number(')]'.includes(character));
      parts[parts.length - 1] += character;
    }
  }
  return parts;
}

function literalStart(source: string): string {
  const [start] = /^(?:[^\\[\](){}*+?|.^$]|\\[.\-/$+])*/.exec(source) ?? [''];
  const rest = source.slice(start.length);
  const text = start.replace(/\\(.)/g, '$1');
  // A quantifier belongs to the last character before it.
  return /^[?*{]/.test(rest) ? text.slice(0, -1) : text;
}

/**
 * The texts one of which every match of a pattern starts with, in lower case. Empty where there is none
 * of two characters or more, so that nothing can be ruled out without trying.
 */
export function literalsOf(source: string): readonly string[] {
  const literals = splitAlternatives(source).map(part =>
    literalStart(part).toLowerCase(),
  );
  return literals.every(({ length }) => length >= 2) ? literals : [];
}
