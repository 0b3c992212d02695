import type { Checker, FileViolation } from '../FileCheck';

const VERSION =
  /^v(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?$/;
const LANGUAGE = /^1\.\d+(?:\.\d+)?(?:rc\d+|beta\d+)?$/;
const MODULE = /^[A-Za-z0-9_~][\w.~-]*(?:\/[\w.~-]+)*$/;

type Rule = (words: readonly string[]) => string | undefined;

function moduleVersion([path, version, ...rest]: readonly string[]) {
  if (!MODULE.test(path ?? '') || rest.length > 0) {
    return `expected a module and its version`;
  }
  return VERSION.test(version ?? '')
    ? undefined
    : `'${version ?? ''}' is not a version of the form v1.2.3`;
}

/** What may follow each directive; a complaint where it does not. */
const RULES: Readonly<Record<string, Rule>> = {
  module: words =>
    words.length === 1 && MODULE.test(words[0])
      ? undefined
      : 'expected the path of the module',
  go: words =>
    words.length === 1 && LANGUAGE.test(words[0])
      ? undefined
      : 'expected a version of the form 1.26.0',
  toolchain: words =>
    words.length === 1 && /^(?:default|go1\.\S+)$/.test(words[0])
      ? undefined
      : 'expected a toolchain of the form go1.26.0',
  require: moduleVersion,
  exclude: moduleVersion,
  replace: words =>
    words.includes('=>') && words.length >= 3
      ? undefined
      : "expected 'module => replacement'",
  retract: words => (words.length > 0 ? undefined : 'expected a version'),
  tool: words => (words.length === 1 ? undefined : 'expected a package'),
  ignore: words => (words.length === 1 ? undefined : 'expected a folder'),
  godebug: words =>
    words.length === 1 && words[0].includes('=')
      ? undefined
      : 'expected key=value',
};

function unquoted(word: string): string {
  return word.replace(/^(["`])(.*)\1$/, '$2');
}

/** Reads a go.mod line by line, as Go's own reader does: known directives, well-formed versions, closed blocks, and no module from a folder beside the repository. */
export const checkGoMod: Checker = async ({ content }) => {
  const violations: FileViolation[] = [];
  const seen = new Set<string>();
  let block: string | undefined;
  const lines = content.split('\n');
  lines.forEach((text, index) => {
    const line = index + 1;
    const refuse = (message: string, rule = 'syntax') =>
      violations.push({
        rule: `go-mod/${rule}`,
        severity: 'high',
        message,
        line,
      });
    const words = text
      .replace(/\/\/.*$/, '')
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map(unquoted);
    if (words.length === 0) {
      return;
    }
    if (words[0] === ')' && words.length === 1) {
      if (block === undefined) {
        refuse("')' closes nothing");
      }
      block = undefined;
      return;
    }
    const directive = block ?? words.shift() ?? '';
    const rule = Object.hasOwn(RULES, directive) ? RULES[directive] : undefined;
    if (!rule) {
      refuse(`go.mod has no directive '${directive}'`);
      return;
    }
    seen.add(directive);
    if (block === undefined && words.length === 1 && words[0] === '(') {
      block = directive;
      return;
    }
    const complaint = rule(words);
    if (complaint) {
      refuse(`${directive}: ${complaint}`);
    } else if (
      directive === 'replace' &&
      /^\.{0,2}\//.test(words[words.indexOf('=>') + 1])
    ) {
      refuse(
        'A module is replaced by a folder, which others who build this do not have',
        'local-replace',
      );
    }
  });
  if (block !== undefined) {
    violations.push({
      rule: 'go-mod/syntax',
      severity: 'high',
      message: `The block '${block} (' does not end`,
      line: lines.length,
    });
  }
  for (const needed of ['module', 'go'].filter(each => !seen.has(each))) {
    violations.push({
      rule: 'go-mod/syntax',
      severity: 'high',
      message: `The directive '${needed}' is missing`,
      line: 1,
    });
  }
  return { violations };
};
