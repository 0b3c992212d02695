import type { Checker, FileViolation } from '../FileCheck';

const ENTRY = /^(\S+ v\S+) (h1:[A-Za-z0-9+/]{43}=)$/;

/** Checks that every line of a go.sum is a module with one hash. Whether the hashes are right shows when the modules are fetched. */
export const checkGoSum: Checker = async ({ content }) => {
  const violations: FileViolation[] = [];
  const known = new Map<string, string>();
  content.split('\n').forEach((text, index) => {
    const refuse = (message: string) =>
      violations.push({
        rule: 'go-sum/entry',
        severity: 'high',
        message,
        line: index + 1,
        remedy: "Run 'go mod tidy'",
      });
    if (text === '') {
      return;
    }
    const [, module, hash] = ENTRY.exec(text) ?? [];
    if (module === undefined) {
      refuse('Expected a module, its version and an h1 hash');
    } else if ((known.get(module) ?? hash) !== hash) {
      refuse(`${module} has two hashes`);
    } else {
      known.set(module, hash);
    }
  });
  return { violations };
};
