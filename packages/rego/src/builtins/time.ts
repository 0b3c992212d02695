import { isArray, normal, type Value } from '../values/value';
import {
  BuiltinError,
  integer,
  number,
  text,
  wrongType,
  type Builtin,
} from './Builtin';

const NS = 1_000_000_000n;
const DURATIONS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86400e9,
  w: 604800e9,
  y: 31536000e9,
};

function parseDuration(value: string): Value {
  const found =
    /^([+-])?((?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w|y))+$/.exec(value);
  if (!found && value !== '0')
    throw new BuiltinError(`time: invalid duration ${JSON.stringify(value)}`);
  let sum = 0;
  for (const [, amount, unit] of value.matchAll(
    /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)/g,
  ))
    sum += Number(amount) * DURATIONS[unit];
  return normal(Math.trunc(value.startsWith('-') ? -sum : sum));
}

function parseRfc3339(value: string): bigint {
  const found =
    /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?([Zz]|[+-]\d\d:\d\d)$/.exec(
      value,
    );
  const ms = found
    ? Date.parse(
        `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${
          found[6]
        }${found[8].toUpperCase()}`,
      )
    : NaN;
  if (!found || Number.isNaN(ms))
    throw new BuiltinError(
      `parsing time ${JSON.stringify(value)}: cannot parse`,
    );
  return (
    BigInt(ms) * 1_000_000n +
    BigInt((found[7] ?? '').padEnd(9, '0').slice(0, 9) || '0')
  );
}

/** Nanoseconds and the zone from one operand: a number, or an array of both and perhaps a layout. */
function moment(
  args: readonly Value[],
  index: number,
): { ns: bigint; zone: string; layout?: string } {
  const value = args[index];
  if (!isArray(value)) return { ns: safe(integer(args, index)), zone: 'UTC' };
  const ns = safe(integer(value, 0));
  const zone = typeof value[1] === 'string' ? value[1] : 'UTC';
  if (value[1] !== undefined && typeof value[1] !== 'string')
    throw wrongType(index + 1, 'string', value[1]);
  return {
    ns,
    zone: zone === '' ? 'UTC' : zone,
    layout: typeof value[2] === 'string' ? value[2] : undefined,
  };
}

function safe(ns: bigint): bigint {
  if (ns > 9223372036854775807n || ns < -9223372036854775808n)
    throw new BuiltinError('timestamp too big');
  return ns;
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nano: number;
  readonly weekday: number;
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly zoneName: string;
}

function floorDiv(a: bigint, b: bigint): bigint {
  return a / b - (a % b < 0n ? 1n : 0n);
}

function partsOf(ns: bigint, zone: string): Parts {
  const ms = Number(floorDiv(ns, 1_000_000n));
  const nano = Number(ns - floorDiv(ns, NS) * NS);
  const offset = offsetOf(ms, zone);
  const local = new Date(ms + offset * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    nano,
    weekday: local.getUTCDay(),
    offset,
    zoneName: zone === 'UTC' ? 'UTC' : zoneName(ms, zone),
  };
}

function formatter(
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone === 'Local' ? undefined : zone,
      ...options,
    });
  } catch {
    throw new BuiltinError(`unknown time zone ${zone}`);
  }
}

function offsetOf(ms: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const parts = formatter(zone, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    era: 'short',
  }).formatToParts(new Date(ms));
  const get = (type: string): number =>
    Number(parts.find(part => part.type === type)?.value);
  const local = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  return Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000);
}

function zoneName(ms: number, zone: string): string {
  const parts = formatter(zone, { timeZoneName: 'short' }).formatToParts(
    new Date(ms),
  );
  return parts.find(part => part.type === 'timeZoneName')?.value ?? zone;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];
const LAYOUTS: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};
const TOKENS =
  /January|Jan|Monday|Mon|MST|2006|_2|0[1-6]|002|15|PM|pm|-07:00:00|-07:00|-0700|-07|Z07:00|Z0700|Z07|[.,]0+|[.,]9+|06|1|2|3|4|5/g;

const two = (value: number): string => String(value).padStart(2, '0');

function offsetText(offset: number, token: string): string {
  if (token.startsWith('Z') && offset === 0) return 'Z';
  const sign = offset < 0 ? '-' : '+';
  const hours = two(Math.floor(Math.abs(offset) / 60));
  const minutes = two(Math.abs(offset) % 60);
  if (token.endsWith('07')) return `${sign}${hours}`;
  if (token.endsWith(':00:00')) return `${sign}${hours}:${minutes}:00`;
  return token.includes(':')
    ? `${sign}${hours}:${minutes}`
    : `${sign}${hours}${minutes}`;
}

function formatTime(parts: Parts, layout: string): string {
  const twelve = parts.hour % 12 === 0 ? 12 : parts.hour % 12;
  const values: Readonly<Record<string, string>> = {
    January: MONTHS[parts.month - 1],
    Jan: MONTHS[parts.month - 1].slice(0, 3),
    Monday: DAYS[parts.weekday],
    Mon: DAYS[parts.weekday].slice(0, 3),
    MST: parts.zoneName,
    '2006': String(parts.year).padStart(4, '0'),
    '06': two(parts.year % 100),
    '01': two(parts.month),
    '1': String(parts.month),
    '02': two(parts.day),
    _2: String(parts.day).padStart(2, ' '),
    '2': String(parts.day),
    '15': two(parts.hour),
    '03': two(twelve),
    '3': String(twelve),
    '04': two(parts.minute),
    '4': String(parts.minute),
    '05': two(parts.second),
    '5': String(parts.second),
    PM: parts.hour < 12 ? 'AM' : 'PM',
    pm: parts.hour < 12 ? 'am' : 'pm',
  };
  return layout.replace(TOKENS, token => {
    if (/^[.,]0+$/.test(token))
      return (
        token[0] +
        String(parts.nano)
          .padStart(9, '0')
          .slice(0, token.length - 1)
      );
    if (/^[.,]9+$/.test(token)) {
      const digits = String(parts.nano)
        .padStart(9, '0')
        .slice(0, token.length - 1)
        .replace(/0+$/, '');
      return digits === '' ? '' : token[0] + digits;
    }
    if (/^[-Z]07/.test(token)) return offsetText(parts.offset, token);
    return values[token] ?? token;
  });
}

function parseLayout(layout: string, value: string): bigint {
  const fail = (): never => {
    throw new BuiltinError(
      `parsing time ${JSON.stringify(value)} as ${JSON.stringify(
        layout,
      )}: cannot parse`,
    );
  };
  const names: string[] = [];
  const groups: Readonly<Record<string, string>> = {
    January: `(${MONTHS.join('|')})`,
    Jan: `(${MONTHS.map(each => each.slice(0, 3)).join('|')})`,
    Monday: `(${DAYS.join('|')})`,
    Mon: `(${DAYS.map(each => each.slice(0, 3)).join('|')})`,
    MST: '([A-Z]{3,4}|[+-]\\d\\d)',
    '2006': '(\\d{4})',
    PM: '(AM|PM)',
    pm: '(am|pm)',
    _2: '\\s*(\\d{1,2})',
  };
  let pattern = '';
  let from = 0;
  const quote = (each: string): string =>
    each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  for (const found of layout.matchAll(TOKENS)) {
    const [token] = found;
    pattern += quote(layout.slice(from, found.index));
    from = found.index + token.length;
    if (/^[.,]/.test(token)) {
      names.push('fraction');
      pattern +=
        token[1] === '9' ? '(?:[.,](\\d+))?' : `[.,](\\d{${token.length - 1}})`;
      continue;
    }
    names.push(token);
    if (/^[-Z]07/.test(token))
      pattern += token.startsWith('Z')
        ? '(Z|[+-]\\d\\d(?::?\\d\\d)?)'
        : '([+-]\\d\\d(?::?\\d\\d)?)';
    else if (groups[token]) pattern += groups[token];
    else pattern += /^0\d|15/.test(token) ? '(\\d\\d)' : '(\\d{1,2})';
    if (token === '05' || token === '5') {
      const next = layout.slice(from);
      if (!/^[.,][09]/.test(next)) {
        names.push('fraction');
        pattern += '(?:[.,](\\d+))?';
      }
    }
  }
  pattern += quote(layout.slice(from));
  const found = new RegExp(`^${pattern}$`).exec(value);
  if (!found) return fail();
  let [year, month, day, hour, minute, second, offset] = [0, 1, 1, 0, 0, 0, 0];
  let fraction = '';
  let pm: boolean | undefined;
  names.forEach((name, index) => {
    const each = found[index + 1];
    if (each === undefined) return;
    switch (name) {
      case '2006':
        year = Number(each);
        break;
      case '06':
        year = Number(each) + (Number(each) >= 69 ? 1900 : 2000);
        break;
      case 'January':
        month = MONTHS.indexOf(each) + 1;
        break;
      case 'Jan':
        month = MONTHS.findIndex(long => long.startsWith(each)) + 1;
        break;
      case '01':
      case '1':
        month = Number(each);
        break;
      case '02':
      case '2':
      case '_2':
        day = Number(each);
        break;
      case '15':
      case '03':
      case '3':
        hour = Number(each);
        break;
      case '04':
      case '4':
        minute = Number(each);
        break;
      case '05':
      case '5':
        second = Number(each);
        break;
      case 'PM':
      case 'pm':
        pm = each.toLowerCase() === 'pm';
        break;
      case 'fraction':
        fraction = each;
        break;
      default:
        if (/^[-Z]07/.test(name) && each !== 'Z') {
          const digits = each.replace(/[+:-]/g, '').padEnd(4, '0');
          offset =
            (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) *
            (each.startsWith('-') ? -1 : 1);
        }
    }
  });
  if (pm !== undefined) hour = (hour % 12) + (pm ? 12 : 0);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (
    month < 1 ||
    month > 12 ||
    hour > 23 ||
    minute > 59 ||
    second > 59 ||
    date.getUTCDate() !== day
  )
    return fail();
  return (
    BigInt(date.getTime() - offset * 60_000) * 1_000_000n +
    BigInt(fraction.padEnd(9, '0').slice(0, 9) || '0')
  );
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function difference(args: readonly Value[]): Value {
  let [a, b] = [moment(args, 0), moment(args, 1)].map(each =>
    partsOf(each.ns, moment(args, 0).zone),
  );
  const [first, second] = [moment(args, 0).ns, moment(args, 1).ns];
  if (first > second) [a, b] = [b, a];
  let years = b.year - a.year;
  let months = b.month - a.month;
  let days = b.day - a.day;
  let hours = b.hour - a.hour;
  let minutes = b.minute - a.minute;
  let seconds = b.second - a.second;
  if (b.nano < a.nano) seconds -= 1;
  if (seconds < 0) {
    seconds += 60;
    minutes -= 1;
  }
  if (minutes < 0) {
    minutes += 60;
    hours -= 1;
  }
  if (hours < 0) {
    hours += 24;
    days -= 1;
  }
  if (days < 0) {
    days += daysIn(a.year, a.month);
    months -= 1;
  }
  if (months < 0) {
    months += 12;
    years -= 1;
  }
  return [years, months, days, hours, minutes, seconds];
}

function addDate(args: readonly Value[]): Value {
  const { ns, zone } = moment(args, 0);
  const [years, months, days] = [1, 2, 3].map(index =>
    Number(integer(args, index)),
  );
  const parts = partsOf(ns, zone);
  const date = new Date(0);
  date.setUTCFullYear(
    parts.year + years,
    parts.month - 1 + months,
    parts.day + days,
  );
  date.setUTCHours(parts.hour, parts.minute, parts.second);
  const local = date.getTime();
  let utc = local - parts.offset * 60_000;
  utc = local - offsetOf(utc, zone) * 60_000;
  const result = BigInt(utc) * 1_000_000n + BigInt(parts.nano);
  return normal(safe(result));
}

/** Moments in nanoseconds since 1970, Go's layouts, and durations. */
export const time: Readonly<Record<string, Builtin>> = {
  'time.now_ns': (_args, shared) => normal(shared.now),
  'time.parse_ns': args => {
    const layout = text(args, 0);
    return normal(safe(parseLayout(LAYOUTS[layout] ?? layout, text(args, 1))));
  },
  'time.parse_rfc3339_ns': args => normal(safe(parseRfc3339(text(args, 0)))),
  'time.parse_duration_ns': args => parseDuration(text(args, 0)),
  'time.date': args => {
    const { ns, zone } = moment(args, 0);
    const { year, month, day } = partsOf(ns, zone);
    return [year, month, day];
  },
  'time.clock': args => {
    const { ns, zone } = moment(args, 0);
    const { hour, minute, second } = partsOf(ns, zone);
    return [hour, minute, second];
  },
  'time.weekday': args => {
    const { ns, zone } = moment(args, 0);
    return DAYS[partsOf(ns, zone).weekday];
  },
  'time.format': args => {
    const { ns, zone, layout } = moment(args, 0);
    return formatTime(
      partsOf(ns, zone),
      LAYOUTS[layout ?? ''] ?? layout ?? LAYOUTS.RFC3339Nano,
    );
  },
  'time.diff': difference,
  'time.add_date': addDate,
};

export { number };
