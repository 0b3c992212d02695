import type { FileViolation } from '../FileCheck';

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Finds keys that an object has twice. The text must be valid JSON. A scan of our own, because
 * `JSON.parse` keeps the last one in silence and a parser with positions takes seconds for lock files.
 */
export function findDuplicateJsonKeys(text: string): FileViolation[] {
  const violations: FileViolation[] = [];
  const open: (Set<string> | undefined)[] = [];
  let expectsKey = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const keys = open.at(-1);
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      expectsKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsKey = false;
    } else if (token === ',') {
      expectsKey = keys !== undefined;
    } else if (token !== ':' && expectsKey && keys) {
      expectsKey = false;
      const key: string = JSON.parse(token);
      if (keys.has(key)) {
        violations.push({
          rule: 'json/duplicate-key',
          severity: 'high',
          message: `The key '${key}' is there twice`,
          line: text.slice(0, index).split('\n').length,
        });
      }
      keys.add(key);
    }
  }
  return violations;
}
