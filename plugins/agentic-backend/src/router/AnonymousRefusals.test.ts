import { AnonymousRefusals } from './AnonymousRefusals';

const MINUTE = 60_000;

describe('AnonymousRefusals', () => {
  const takeMany = (
    refusals: AnonymousRefusals,
    addresses: readonly string[],
    now: number,
  ): number =>
    addresses.filter(address => refusals.take(address, now) !== undefined)
      .length;

  it('lets sixty of an address go on record in a minute, and says later how many did not', () => {
    const refusals = new AnonymousRefusals();
    expect(takeMany(refusals, Array(90).fill('a'), 0)).toBe(60);
    expect(refusals.take('a', MINUTE - 1)).toBeUndefined();
    expect(refusals.take('b', MINUTE - 1)).toBe(31);
    expect(refusals.take('b', MINUTE - 1)).toBe(0);
    expect(refusals.take('a', MINUTE)).toBe(0);
  });

  it('lets two hundred of all addresses go on record in a minute', () => {
    const refusals = new AnonymousRefusals();
    const addresses = Array.from({ length: 1000 }, (_, index) => `a${index}`);
    expect(takeMany(refusals, addresses, 0)).toBe(200);
    expect(refusals.take('later', MINUTE)).toBe(800);
  });
});
