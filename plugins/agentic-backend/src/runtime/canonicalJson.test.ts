import fc from 'fast-check';
import { canonicalJson, digestOf } from './canonicalJson';

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [[1e21, 0.000001, -0, 'é\u2028"'], '[1e+21,0.000001,0,"é\u2028\\""]'],
    // The example of RFC 8785, section 3.2.3: keys in the order of UTF-16 code units.
    [
      {
        '\u20ac': 1,
        '\r': 2,
        '\ufb33': 3,
        '1': 4,
        '\ud83d\ude00': 5,
        '\u0080': 6,
        '\u00f6': 7,
      },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    ],
  ])('writes %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('gives the same digest after a round trip through JSON and with keys in any order', () => {
    const check = (): void =>
      fc.assert(
        fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
          const again = JSON.parse(JSON.stringify(value));
          const shuffled = Object.fromEntries(Object.entries(again).reverse());
          return digestOf(shuffled) === digestOf(value);
        }),
      );
    expect(check).not.toThrow();
  });
});
