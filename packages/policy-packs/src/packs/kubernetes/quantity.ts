import type { Value } from '../../documents/Value';

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity of Kubernetes stands for, such as `100m` or `1Gi`. */
export function quantityOf(value: Value | undefined): number | undefined {
  const match =
    /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([A-Za-z]{0,2})$/.exec(
      String(value ?? ''),
    );
  const factor = match ? FACTORS[match[2]] : undefined;
  return match && factor !== undefined ? Number(match[1]) * factor : undefined;
}
