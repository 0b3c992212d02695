/**
 * Answers the first key that stands twice in one object of a valid JSON text. `JSON.parse` keeps
 * only the last of them, so a reader could be shown a value that nobody has verified.
 */
export function findDuplicateKey(json: string): string | undefined {
  const scopes: Array<Set<string>> = [];
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (const [token, colon] of json.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      scopes.push(new Set());
    } else if (token === '}' || token === ']') {
      scopes.pop();
    } else if (colon !== undefined) {
      const key: string = JSON.parse(token.slice(0, -colon.length));
      const scope = scopes[scopes.length - 1];
      if (scope.has(key)) {
        return key;
      }
      scope.add(key);
    }
  }
  return undefined;
}
