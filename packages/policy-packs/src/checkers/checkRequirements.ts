import type { Checker, FileViolation } from '../FileCheck';

/** One requirement over all its lines, which end in a backslash but for the last. */
interface Requirement {
  readonly line: number;
  readonly text: string;
}

const PINNED =
  /^[A-Za-z0-9][\w.-]*(?:\[[\w.,-]+\])?\s*===?\s*[^\s;*]+(?=\s|;|$)/;
const NAMED =
  /^[A-Za-z0-9][\w.-]*(?:\[[\w., -]+\])?\s*(?:$|[;@]|[=<>!~]=?=?|--hash)/;
const HASHES = /--hash[= ]([^\s\\]+)/g;
const HASH =
  /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

function requirementsOf(content: string): Requirement[] {
  const found: Requirement[] = [];
  let open: Requirement | undefined;
  for (const [index, raw] of content.split(/\r?\n/).entries()) {
    const text = raw.replace(/(?:^|\s)#.*$/, '').trim();
    const isContinued = text.endsWith('\\');
    const part = isContinued ? text.slice(0, -1).trim() : text;
    open = open
      ? { line: open.line, text: `${open.text} ${part}` }
      : { line: index + 1, text: part };
    if (!isContinued) {
      if (open.text !== '') found.push(open);
      open = undefined;
    }
  }
  return open ? [...found, open] : found;
}

/** Reads a pip requirements file as a lock: every package at one version, with hashes. */
export const checkRequirements: Checker = async ({ content }) => {
  const all = requirementsOf(content);
  const packages = all.filter(({ text }) => !text.startsWith('-'));
  const withHashes = packages.filter(({ text }) => text.includes('--hash'));
  const violations = all.flatMap(({ line, text }): FileViolation[] => {
    const say = (
      rule: string,
      severity: FileViolation['severity'],
      message: string,
      remedy?: string,
    ): FileViolation[] => [
      { rule: `requirements/${rule}`, severity, message, line, remedy },
    ];
    if (text.startsWith('-')) {
      return say(
        'option',
        'medium',
        `The option '${
          text.split(/[\s=]/)[0]
        }' changes where packages come from or what is installed`,
        'Leave it to those who install',
      );
    }
    if (!NAMED.test(text)) {
      return say('syntax', 'high', `'${text.slice(0, 80)}' is no requirement`);
    }
    const wrong = [...text.matchAll(HASHES)].find(
      ([, hash]) => !HASH.test(hash),
    );
    if (wrong) {
      return say('hash', 'high', `'${wrong[1].slice(0, 80)}' is no hash`);
    }
    if (withHashes.length > 0 && !text.includes('--hash')) {
      return say(
        'hash',
        'high',
        'Other requirements have hashes and this one has none, so pip refuses the file',
        'Write the lock anew with hashes',
      );
    }
    return PINNED.test(text)
      ? []
      : say(
          'not-pinned',
          'medium',
          `'${text.split(/\s/)[0]}' is not at one version`,
          'Pin it with ==',
        );
  });
  return {
    violations,
    notCovered:
      packages.length > 0 && withHashes.length === 0
        ? 'No hashes: what will be installed is not known'
        : undefined,
  };
};
