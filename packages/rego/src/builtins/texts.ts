import { numberText, toRego } from '../values/json';
import {
  isArray,
  isNumber,
  normal,
  RegoObject,
  RegoSet,
  type Value,
} from '../values/value';
import {
  array,
  BuiltinError,
  integer,
  members,
  number,
  object,
  text,
  texts,
  wrongType,
  type Builtin,
} from './Builtin';
import { sprintf } from './sprintf';

function any(
  args: readonly Value[],
  holds: (a: string, b: string) => boolean,
): boolean {
  const side = (index: number): string[] => {
    const value = args[index];
    if (typeof value === 'string') return [value];
    if (isArray(value) || value instanceof RegoSet) return texts(args, index);
    throw wrongType(index + 1, 'one of {string, set, array}', value);
  };
  const bases = side(0);
  const wanted = side(1);
  return bases.some(base => wanted.some(each => holds(base, each)));
}

function trimBy(
  value: string,
  cut: string,
  left: boolean,
  right: boolean,
): string {
  const signs = new Set(cut);
  const chars = [...value];
  let from = 0;
  let to = chars.length;
  while (left && from < to && signs.has(chars[from])) from += 1;
  while (right && to > from && signs.has(chars[to - 1])) to -= 1;
  return chars.slice(from, to).join('');
}

function indexOf(value: string, part: string): number {
  const at = value.indexOf(part);
  return at < 0 ? -1 : [...value.slice(0, at)].length;
}

function substring(args: readonly Value[]): string {
  const chars = [...text(args, 0)];
  const from = Number(integer(args, 1));
  const length = Number(integer(args, 2));
  if (from < 0) throw new BuiltinError('negative offset');
  if (from >= chars.length) return '';
  return chars.slice(from, length < 0 ? undefined : from + length).join('');
}

function formatInt(args: readonly Value[]): string {
  const base = Number(integer(args, 1));
  if (![2, 8, 10, 16].includes(base)) {
    throw new BuiltinError('operand 2 must be one of {2, 8, 10, 16}', true);
  }
  const value = number(args, 0);
  return (
    typeof value === 'bigint' ? value : BigInt(Math.floor(value))
  ).toString(base);
}

function renderTemplate(parts: readonly Value[]): string {
  return parts
    .map(part => {
      if (typeof part === 'string') return part;
      if (part instanceof RegoSet) {
        const [value] = part.items();
        if (value === undefined) return '<undefined>';
        return typeof value === 'string' ? value : toRego(value);
      }
      return toRego(part);
    })
    .join('');
}

const WHITE = /^[\s\u0085]+|[\s\u0085]+$/g;

/** Functions on texts. */
export const strings: Readonly<Record<string, Builtin>> = {
  concat: args => texts(args, 1).join(text(args, 0)),
  contains: args => text(args, 0).includes(text(args, 1)),
  startswith: args => text(args, 0).startsWith(text(args, 1)),
  endswith: args => text(args, 0).endsWith(text(args, 1)),
  'strings.any_prefix_match': args => any(args, (a, b) => a.startsWith(b)),
  'strings.any_suffix_match': args => any(args, (a, b) => a.endsWith(b)),
  'strings.reverse': args => [...text(args, 0)].reverse().join(''),
  'strings.replace_n': args => {
    const pairs = object(args, 0)
      .entries()
      .map(([from, to]) => {
        if (typeof from !== 'string' || typeof to !== 'string') {
          throw new BuiltinError(
            `operand 1 non-string ${
              typeof from === 'string' ? 'value' : 'key'
            } found in pattern object`,
            true,
          );
        }
        return [from, to] as const;
      });
    return replaceAll(text(args, 1), pairs);
  },
  'strings.split_n': splitN,
  'strings.count': args => {
    const part = text(args, 1);
    return part === ''
      ? [...text(args, 0)].length + 1
      : text(args, 0).split(part).length - 1;
  },
  'strings.render_template': args => renderGo(text(args, 0), object(args, 1)),
  format_int: formatInt,
  indexof: args => {
    if (text(args, 1) === '') throw new BuiltinError('empty search character');
    return indexOf(text(args, 0), text(args, 1));
  },
  indexof_n: args => {
    const [value, part] = [text(args, 0), text(args, 1)];
    if (part === '') throw new BuiltinError('empty search character');
    const found: number[] = [];
    for (
      let at = value.indexOf(part);
      at >= 0;
      at = value.indexOf(part, at + 1)
    ) {
      found.push([...value.slice(0, at)].length);
    }
    return found;
  },
  lower: args => text(args, 0).toLowerCase(),
  upper: args => text(args, 0).toUpperCase(),
  replace: args => {
    const [value, from, to] = [text(args, 0), text(args, 1), text(args, 2)];
    if (from === '')
      return [...value].reduce((all, char) => `${all}${char}${to}`, to);
    return value.split(from).join(to);
  },
  split: args => {
    const by = text(args, 1);
    return by === '' ? [...text(args, 0)] : text(args, 0).split(by);
  },
  sprintf: args => sprintf(text(args, 0), array(args, 1)),
  substring,
  trim: args => trimBy(text(args, 0), text(args, 1), true, true),
  trim_left: args => trimBy(text(args, 0), text(args, 1), true, false),
  trim_right: args => trimBy(text(args, 0), text(args, 1), false, true),
  trim_prefix: args => {
    const [value, part] = [text(args, 0), text(args, 1)];
    return value.startsWith(part) ? value.slice(part.length) : value;
  },
  trim_suffix: args => {
    const [value, part] = [text(args, 0), text(args, 1)];
    return part !== '' && value.endsWith(part)
      ? value.slice(0, -part.length)
      : value;
  },
  trim_space: args => text(args, 0).replace(WHITE, ''),
  'internal.template_string': args => renderTemplate(array(args, 0)),
};

/** Replaces all at once: what was put in is not looked at again, and the first of the pairs wins. */
function replaceAll(
  value: string,
  pairs: ReadonlyArray<readonly [string, string]>,
): string {
  const first = (at: number, afterEmpty: boolean) =>
    pairs.find(
      ([from]) => !(afterEmpty && from === '') && value.startsWith(from, at),
    );
  let result = '';
  let at = 0;
  // Nothing is found only once at one place.
  let afterEmpty = false;
  while (at <= value.length) {
    const found = first(at, afterEmpty);
    afterEmpty = found?.[0] === '';
    if (found) {
      result += found[1];
      at += found[0].length;
    } else {
      result += value.charAt(at);
      at += 1;
    }
  }
  return result;
}

function splitN(args: readonly Value[]): string[] {
  const [value, by] = [text(args, 0), text(args, 1)];
  const count = Number(integer(args, 2));
  const parts = by === '' ? [...value] : value.split(by);
  if (count === 0) return [];
  return count > 0 ? parts.slice(0, count) : parts.slice(count);
}

/** The part of Go's templates that needs no programming: fields of the given object. */
function renderGo(template: string, values: RegoObject): string {
  if (
    /\{\{-?\s*(range|if|with|define|template|block|end|else)/.test(template)
  ) {
    throw new BuiltinError('only fields are rendered: {{.name}}');
  }
  return template.replace(
    /\{\{-?\s*([^}]*?)\s*-?\}\}/g,
    (_, expression: string) => {
      if (!/^(\.[A-Za-z_]\w*)+$/.test(expression))
        throw new BuiltinError(`cannot render {{${expression}}}`);
      let value: Value | undefined = values;
      for (const name of expression.slice(1).split('.')) {
        value = value instanceof RegoObject ? value.get(name) : undefined;
      }
      if (value === undefined) return '<undefined>';
      if (typeof value === 'string') return value;
      return isNumber(value) ? numberText(Number(value)) : toRego(value);
    },
  );
}

export { members, normal };
