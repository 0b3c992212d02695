import { normal, type Value } from '../values/value';
import { BuiltinError, text, type Builtin } from './Builtin';

const DECIMAL: Readonly<Record<string, number>> = {
  k: 3,
  m: 6,
  g: 9,
  t: 12,
  p: 15,
  e: 18,
};
const BINARY: Readonly<Record<string, bigint>> = {
  ki: 10n,
  mi: 20n,
  gi: 30n,
  ti: 40n,
  pi: 50n,
  ei: 60n,
};

/** A decimal text times a power of ten and a factor, exactly while it is whole. */
function scale(digits: string, power: number, factor = 1n): Value {
  const found = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(digits)!;
  const exponent = Number(found[4] ?? 0) + power - found[3].length;
  if (Math.abs(exponent) > 10_000)
    throw new BuiltinError('the exponent is too large');
  const mantissa =
    BigInt(`${found[2]}${found[3]}` || '0') * factor * (found[1] ? -1n : 1n);
  if (exponent >= 0) return normal(mantissa * 10n ** BigInt(exponent));
  const divisor = 10n ** BigInt(-exponent);
  if (mantissa % divisor === 0n) return normal(mantissa / divisor);
  return normal(Number(`${mantissa}e${exponent}`));
}

function split(input: string, what: string): [string, string] {
  const clean = input.replace(/"/g, '');
  if (clean === '') throw new BuiltinError(`${what}: no amount provided`);
  if (/\s/.test(clean))
    throw new BuiltinError('spaces not allowed in resource strings');
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(
    clean,
  );
  if (!found) {
    if (/^[a-zA-Z]*$/.test(clean))
      throw new BuiltinError(`${what}: no amount provided`);
    throw new BuiltinError(`${what}: could not parse amount to a number`);
  }
  return [found[1].replace(/^\+/, ''), found[2]];
}

function parse(input: string): Value {
  const [digits, unit] = split(input, 'units.parse');
  if (unit === '') return scale(digits, 0);
  if (unit === 'm') return scale(digits, -3);
  const lower = unit.toLowerCase();
  if (Object.hasOwn(BINARY, lower))
    return scale(digits, 0, 1n << BINARY[lower]);
  if (Object.hasOwn(DECIMAL, lower)) return scale(digits, DECIMAL[lower]);
  throw new BuiltinError(`units.parse: unit ${unit} not recognized`);
}

function parseBytes(input: string): Value {
  const [digits, unit] = split(input.toLowerCase(), 'units.parse_bytes');
  const bare = unit.replace(/b$/, '');
  let value: Value;
  if (bare === '') value = scale(digits, 0);
  else if (Object.hasOwn(BINARY, bare))
    value = scale(digits, 0, 1n << BINARY[bare]);
  else if (Object.hasOwn(DECIMAL, bare)) value = scale(digits, DECIMAL[bare]);
  else throw new BuiltinError(`units.parse_bytes: unit ${unit} not recognized`);
  return typeof value === 'number' ? normal(Math.trunc(value)) : value;
}

/** Amounts with units. */
export const units: Readonly<Record<string, Builtin>> = {
  'units.parse': args => parse(text(args, 0)),
  'units.parse_bytes': args => parseBytes(text(args, 0)),
};
