import type { Value } from '../values/value';
import { BuiltinError, text, type Builtin } from './Builtin';

const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

function read(args: readonly Value[], index: number): RegExpExecArray {
  const value = text(args, index);
  const found = VERSION.exec(value);
  if (!found)
    throw new BuiltinError(
      `operand ${index + 1}: string ${JSON.stringify(
        value,
      )} is not a valid SemVer`,
    );
  return found;
}

function comparePart(a: string, b: string): number {
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (x && y) return Math.sign(Number(BigInt(a) - BigInt(b)));
  if (x !== y) return x ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compare(args: readonly Value[]): number {
  const [a, b] = [read(args, 0), read(args, 1)];
  for (let i = 1; i <= 3; i++) {
    const order = comparePart(a[i], b[i]);
    if (order !== 0) return order;
  }
  if (!a[4] || !b[4]) return Number(!a[4]) - Number(!b[4]);
  const [x, y] = [a[4].split('.'), b[4].split('.')];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    if (x[i] === undefined) return -1;
    if (y[i] === undefined) return 1;
    const order = comparePart(x[i], y[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Semantic versions. */
export const versions: Readonly<Record<string, Builtin>> = {
  'semver.compare': compare,
  'semver.is_valid': args =>
    typeof args[0] === 'string' && VERSION.test(args[0]),
};
