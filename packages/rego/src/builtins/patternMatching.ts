import { RE2JS } from 're2js';
import { isArray, RegoSet, type Value } from '../values/value';
import { BuiltinError, integer, text, texts, type Builtin } from './Builtin';

const compiled = new Map<string, RE2JS>();
const MOST_PATTERNS = 500;

function regex(pattern: string): RE2JS {
  let found = compiled.get(pattern);
  if (!found) {
    try {
      found = RE2JS.compile(pattern);
    } catch (error) {
      throw new BuiltinError(
        `error parsing regexp: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
    }
    if (compiled.size >= MOST_PATTERNS) compiled.clear();
    compiled.set(pattern, found);
  }
  return found;
}

function matches(
  pattern: string,
  value: string,
  most: number,
): Array<Array<string>> {
  const found: string[][] = [];
  const matcher = regex(pattern).matcher(value);
  while ((most < 0 || found.length < most) && matcher.find()) {
    const groups: string[] = [];
    for (let i = 0; i <= matcher.groupCount(); i++)
      groups.push(matcher.group(i) ?? '');
    found.push(groups);
  }
  return found;
}

function split(pattern: string, value: string): string[] {
  const matcher = regex(pattern).matcher(value);
  const parts: string[] = [];
  let from = 0;
  if (value === '') return [''];
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end === 0) continue;
    if (start === value.length && end === start) break;
    parts.push(value.slice(from, start));
    from = end;
  }
  parts.push(value.slice(from));
  return parts;
}

/** A glob as a regular expression. Without delimiters `*` stands for anything. */
export function globToRegex(
  glob: string,
  delimiters: readonly string[],
): string {
  const quote = (char: string): string =>
    char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const none =
    delimiters.length === 0
      ? '.'
      : `[^${delimiters
          .map(each => each.replace(/[\\\]^-]/g, '\\$&'))
          .join('')}]`;
  let result = '';
  let depth = 0;
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i];
    if (char === '\\' && i + 1 < glob.length) {
      i += 1;
      result += quote(glob[i]);
    } else if (char === '*') {
      if (glob[i + 1] === '*') {
        i += 1;
        result += '.*';
      } else {
        result += `${none}*`;
      }
    } else if (char === '?') {
      result += none;
    } else if (char === '[') {
      const end = glob.indexOf(']', i + 2);
      if (end < 0) throw new BuiltinError('error parsing glob: missing ]');
      const inside = glob.slice(i + 1, end);
      result += inside.startsWith('!')
        ? `[^${inside.slice(1)}]`
        : `[${inside}]`;
      i = end;
    } else if (char === '{') {
      depth += 1;
      result += '(?:';
    } else if (char === '}' && depth > 0) {
      depth -= 1;
      result += ')';
    } else if (char === ',' && depth > 0) {
      result += '|';
    } else {
      result += quote(char);
    }
  }
  if (depth > 0) throw new BuiltinError('error parsing glob: missing }');
  return `(?s)^(?:${result})$`;
}

function globMatch(args: readonly Value[]): boolean {
  const delimiters = args[1] === null ? [] : texts(args, 1);
  const wanted =
    delimiters.length === 0 && isArray(args[1]) ? ['.'] : delimiters;
  for (const each of wanted) {
    if ([...each].length !== 1)
      throw new BuiltinError('delimiters must be single characters');
  }
  return regex(globToRegex(text(args, 0), wanted)).matches(text(args, 2));
}

/** `$1`, `${1}` and `$$` as Go expands them. */
function replacement(template: string, groups: readonly string[]): string {
  return template.replace(
    /\$(?:\$|\{(\w+)\}|(\w+))/g,
    (all, braced?: string, bare?: string) => {
      if (all === '$$') return '$';
      const name = braced ?? bare ?? '';
      return /^\d+$/.test(name) ? groups[Number(name)] ?? '' : '';
    },
  );
}

function replaceAll(value: string, pattern: string, template: string): string {
  const matcher = regex(pattern).matcher(value);
  let result = '';
  let from = 0;
  while (matcher.find()) {
    const groups: string[] = [];
    for (let i = 0; i <= matcher.groupCount(); i++)
      groups.push(matcher.group(i) ?? '');
    result +=
      value.slice(from, matcher.start()) + replacement(template, groups);
    from = matcher.end();
  }
  return result + value.slice(from);
}

function templateMatch(
  template: string,
  value: string,
  open: string,
  close: string,
): boolean {
  if ([...open].length !== 1 || [...close].length !== 1)
    throw new BuiltinError('delimiters must be single characters');
  let pattern = '^';
  let literal = '';
  let inside = '';
  let depth = 0;
  const flush = (): void => {
    pattern += literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    literal = '';
  };
  for (const char of template) {
    if (char === open) {
      if (depth > 0) inside += char;
      else flush();
      depth += 1;
    } else if (char === close && depth > 0) {
      depth -= 1;
      if (depth === 0) {
        pattern += `(?:${inside})`;
        inside = '';
      } else {
        inside += char;
      }
    } else if (depth > 0) {
      inside += char;
    } else {
      literal += char;
    }
  }
  if (depth > 0)
    throw new BuiltinError(`unbalanced braces in ${JSON.stringify(template)}`);
  flush();
  return regex(`${pattern}$`).matcher(value).find();
}

/** Regular expressions (RE2) and globs. */
export const patternMatching: Readonly<Record<string, Builtin>> = {
  'regex.match': args => regex(text(args, 0)).matcher(text(args, 1)).find(),
  re_match: args => regex(text(args, 0)).matcher(text(args, 1)).find(),
  'regex.is_valid': args => {
    if (typeof args[0] !== 'string') return false;
    try {
      regex(args[0]);
      return true;
    } catch {
      return false;
    }
  },
  'regex.find_n': args =>
    matches(text(args, 0), text(args, 1), Number(integer(args, 2))).map(
      ([all]) => all,
    ),
  'regex.find_all_string_submatch_n': args =>
    matches(text(args, 0), text(args, 1), Number(integer(args, 2))),
  'regex.split': args => split(text(args, 0), text(args, 1)),
  'regex.replace': args =>
    replaceAll(text(args, 0), text(args, 1), text(args, 2)),
  'regex.template_match': args =>
    templateMatch(text(args, 0), text(args, 1), text(args, 2), text(args, 3)),
  'glob.match': globMatch,
  'glob.quote_meta': args => text(args, 0).replace(/[*?\\[\]{}]/g, '\\$&'),
};

export { RegoSet };
