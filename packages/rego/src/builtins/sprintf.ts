import { numberText, toRego } from '../values/json';
import { isNumber, type RegoNumber, type Value } from '../values/value';

const VERB = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(\[\d+\])?([a-zA-Z%])/g;

function kindOf(value: Value): string {
  if (isNumber(value))
    return Number.isInteger(value) || typeof value === 'bigint'
      ? 'int'
      : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

function plain(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'number' ? numberText(value) : toRego(value);
}

function isBeyondInt64(value: RegoNumber): boolean {
  return value > 9223372036854775807n || value < -9223372036854775808n;
}

function exponent(textOf: string): string {
  return textOf.replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number | undefined): string {
  if (precision === undefined) {
    const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
    if (magnitude < -4 || magnitude >= 21)
      return exponent(value.toExponential());
    return String(value);
  }
  return exponent(String(Number(value.toPrecision(Math.max(1, precision)))));
}

function format(
  verb: string,
  value: Value,
  flags: string,
  precision: number | undefined,
): string | undefined {
  const whole =
    isNumber(value) && (typeof value === 'bigint' || Number.isInteger(value));
  const signed = (digits: string): string => {
    if (digits.startsWith('-')) return digits;
    if (flags.includes('+')) return `+${digits}`;
    return flags.includes(' ') ? ` ${digits}` : digits;
  };
  switch (verb) {
    case 'v':
      return isNumber(value) ? signed(plain(value)) : plain(value);
    case 's':
      // Go's integers of any size write themselves; its int64 does not.
      if (isNumber(value))
        return isBeyondInt64(value) ? String(value) : undefined;
      return cut(plain(value), precision);
    case 'q':
      return typeof value === 'string' ? JSON.stringify(value) : undefined;
    case 't':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'T':
      return kindOf(value);
    case 'd':
      return whole ? signed(String(value)) : undefined;
    case 'b':
    case 'o':
    case 'O':
    case 'x':
    case 'X':
      return based(verb, value, whole, flags);
    case 'c':
      return whole ? String.fromCodePoint(Number(value)) : undefined;
    case 'U':
      return whole
        ? `U+${Number(value).toString(16).toUpperCase().padStart(4, '0')}`
        : undefined;
    case 'f':
    case 'F':
      return isNumber(value) && !whole
        ? signed(Number(value).toFixed(precision ?? 6))
        : undefined;
    case 'e':
    case 'E': {
      if (!isNumber(value) || whole) return undefined;
      const digits = exponent(Number(value).toExponential(precision ?? 6));
      return signed(verb === 'E' ? digits.toUpperCase() : digits);
    }
    case 'g':
    case 'G':
      return isNumber(value) && !whole
        ? signed(general(Number(value), precision))
        : undefined;
    default:
      return undefined;
  }
}

function cut(value: string, precision: number | undefined): string {
  return precision === undefined
    ? value
    : [...value].slice(0, precision).join('');
}

function based(
  verb: string,
  value: Value,
  whole: boolean,
  flags: string,
): string | undefined {
  if (typeof value === 'string') {
    if (verb !== 'x' && verb !== 'X') return undefined;
    const hex = Buffer.from(value, 'utf8').toString('hex');
    return verb === 'X' ? hex.toUpperCase() : hex;
  }
  if (!whole) return undefined;
  const base = { b: 2, o: 8, O: 8, x: 16, X: 16 }[verb]!;
  const digits = BigInt(value as number).toString(base);
  let prefix = '';
  if (verb === 'O') prefix = '0o';
  else if (flags.includes('#'))
    prefix = { b: '0b', o: '0', x: '0x', X: '0X' }[verb] ?? '';
  const result = digits.startsWith('-')
    ? `-${prefix}${digits.slice(1)}`
    : `${prefix}${digits}`;
  return verb === 'X' ? result.toUpperCase() : result;
}

/** Go's `fmt.Sprintf` for the values of the language. */
export function sprintf(template: string, args: readonly Value[]): string {
  let next = 0;
  let used = 0;
  const result = template.replace(
    VERB,
    (
      all,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      index: string | undefined,
      verb: string,
    ) => {
      if (verb === '%') return '%';
      const measure = (written: string | undefined): number | undefined => {
        if (written === '*') return Number(args[next++]);
        return written === undefined ? undefined : Number(written);
      };
      let wide = measure(width);
      const hasDot = /\.[*\d]*(\[\d+\])?[a-zA-Z]$/.test(all);
      const exact = measure(precision) ?? (hasDot ? 0 : undefined);
      if (index) next = Number(index.slice(1, -1)) - 1;
      if (next >= args.length)
        return index ? `%!${verb}(BADINDEX)` : `%!${verb}(MISSING)`;
      const value = args[next++];
      used = Math.max(used, next);
      const left = flags.includes('-') || (wide !== undefined && wide < 0);
      wide = wide === undefined ? 0 : Math.abs(wide);
      let formatted = format(verb, value, flags, exact);
      if (formatted === undefined)
        formatted = `%!${verb}(${kindOf(value)}=${plain(value)})`;
      const length = [...formatted].length;
      if (length >= wide) return formatted;
      if (left) return formatted + ' '.repeat(wide - length);
      if (flags.includes('0') && isNumber(value)) {
        const sign = /^[+-]/.exec(formatted)?.[0] ?? '';
        return sign + '0'.repeat(wide - length) + formatted.slice(sign.length);
      }
      return ' '.repeat(wide - length) + formatted;
    },
  );
  const extra = args.slice(used);
  return extra.length === 0 || /%[^%]*\[\d+\]/.test(template)
    ? result
    : `${result}%!(EXTRA ${extra
        .map(value => `${kindOf(value)}=${plain(value)}`)
        .join(', ')})`;
}
