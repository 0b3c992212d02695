import { canonicalJson, digestOf } from './canonicalJson';

describe('canonicalJson', () => {
  it.each<[unknown, string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [
      { '\ufb33': 2, '\ud83d\ude00': 1, a: 3 },
      '{"a":3,"\ud83d\ude00":1,"\ufb33":2}',
    ],
    [{ a: undefined, b: 1e21 }, '{"b":1e+21}'],
    [[-0, 1.5, 1e-7], '[0,1.5,1e-7]'],
    ['"\\\u0007', '"\\"\\\\\\u0007"'],
  ])('writes %j as RFC 8785 says', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([NaN, Infinity, undefined, () => 1])('refuses %p', value => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('gives the digest that sha256sum gives', () => {
    expect(digestOf({ b: 1, a: 'x' })).toBe(
      'cdab067e9f3beb32d1252cfd63e492592fecbf591b0d08cadb24bb17f3864246',
    );
  });
});
