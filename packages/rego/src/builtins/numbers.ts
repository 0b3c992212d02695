import {
  normal,
  RegoSet,
  typeName,
  type RegoNumber,
  type Value,
} from '../values/value';
import { BuiltinError, integer, number, type Builtin } from './Builtin';

function both(
  args: readonly Value[],
  whole: (a: bigint, b: bigint) => bigint,
  real: (a: number, b: number) => number,
): RegoNumber {
  const a = number(args, 0);
  const b = number(args, 1);
  if (isWhole(a) && isWhole(b)) return normal(whole(BigInt(a), BigInt(b)));
  return normal(real(Number(a), Number(b)));
}

function isWhole(value: RegoNumber): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

const minus: Builtin = args => {
  const [a, b] = args;
  if (a instanceof RegoSet && b instanceof RegoSet) {
    return RegoSet.of(a.items().filter(item => !b.has(item)));
  }
  for (const [index, value] of [a, b].entries()) {
    const other = index === 0 ? b : a;
    if (typeName(value) !== 'number' && typeName(value) !== 'set') {
      throw new BuiltinError(
        `operand ${index + 1} must be one of {number, set} but got ${typeName(
          value,
        )}`,
        true,
      );
    }
    if (index === 1 && typeName(value) !== typeName(other)) {
      throw new BuiltinError(
        `operand 2 must be ${typeName(other)} but got ${typeName(value)}`,
        true,
      );
    }
  }
  return both(
    args,
    (x, y) => x - y,
    (x, y) => x - y,
  );
};

const divide: Builtin = args => {
  const a = number(args, 0);
  const b = number(args, 1);
  if (Number(b) === 0) throw new BuiltinError('divide by zero');
  if (isWhole(a) && isWhole(b) && BigInt(a) % BigInt(b) === 0n) {
    return normal(BigInt(a) / BigInt(b));
  }
  return Number(a) / Number(b);
};

const remainder: Builtin = args => {
  const a = number(args, 0);
  const b = number(args, 1);
  if (!isWhole(a) || !isWhole(b))
    throw new BuiltinError('modulo on floating-point number');
  if (Number(b) === 0) throw new BuiltinError('modulo by zero');
  return normal(BigInt(a) % BigInt(b));
};

function round(half: (value: number) => number): Builtin {
  return args => {
    const value = number(args, 0);
    return typeof value === 'bigint' ? value : normal(half(value));
  };
}

function awayFromZero(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

function range(args: readonly Value[], step: bigint): Value {
  const from = integer(args, 0);
  const to = integer(args, 1);
  if ((to > from ? to - from : from - to) / step > 1_000_000n) {
    throw new BuiltinError('the range has more than a million members');
  }
  const found: RegoNumber[] = [];
  if ([from, to].every(end => typeof normal(end) === 'number')) {
    const way = from <= to ? Number(step) : -Number(step);
    const count = Math.floor(Number(to - from) / way);
    for (let i = 0; i <= count; i++) found.push(Number(from) + i * way);
    return found;
  }
  if (from <= to) for (let i = from; i <= to; i += step) found.push(normal(i));
  else for (let i = from; i >= to; i -= step) found.push(normal(i));
  return found;
}

const bits =
  (work: (a: bigint, b: bigint) => bigint): Builtin =>
  args =>
    normal(work(integer(args, 0), integer(args, 1)));

const shift =
  (work: (a: bigint, b: bigint) => bigint): Builtin =>
  args => {
    const by = integer(args, 1);
    if (by < 0n)
      throw new BuiltinError(
        'operand 2 must be an unsigned integer number but got a negative integer',
        true,
      );
    if (by > 1_000_000n)
      throw new BuiltinError('it is shifted by too many bits');
    return normal(work(integer(args, 0), by));
  };

/** Arithmetic, bits and ranges. */
export const numbers: Readonly<Record<string, Builtin>> = {
  plus: args =>
    both(
      args,
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  minus,
  mul: args =>
    both(
      args,
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  div: divide,
  rem: remainder,
  round: round(awayFromZero),
  ceil: round(Math.ceil),
  floor: round(Math.floor),
  abs: args => {
    const value = number(args, 0);
    return value < 0 ? normal(-value as RegoNumber) : value;
  },
  'numbers.range': args => range(args, 1n),
  'numbers.range_step': args => {
    const step = integer(args, 2);
    if (step <= 0n) throw new BuiltinError('step must be a positive integer');
    return range(args, step);
  },
  'bits.or': bits((a, b) => a | b),
  'bits.and': bits((a, b) => a & b),
  'bits.xor': bits((a, b) => a ^ b),
  'bits.negate': args => normal(~integer(args, 0)),
  'bits.lsh': shift((a, b) => a << b),
  'bits.rsh': shift((a, b) => a >> b),
};
