import { scopeHashOf } from './scopeHash';

describe('scopeHashOf', () => {
  const effects = [
    { effectId: 'e1', tool: 'a.b', params: { x: 1 } },
    { effectId: 'e2', tool: 'a.c', params: {} },
  ];
  const base = scopeHashOf('p', 'staging', effects);

  it('does not depend on the order', () => {
    expect(scopeHashOf('p', 'staging', [...effects].reverse())).toBe(base);
  });

  it.each([
    ['plan', scopeHashOf('q', 'staging', effects)],
    ['environment', scopeHashOf('p', 'production', effects)],
    [
      'parameter',
      scopeHashOf('p', 'staging', [
        { ...effects[0], params: { x: 2 } },
        effects[1],
      ]),
    ],
    [
      'tool',
      scopeHashOf('p', 'staging', [{ ...effects[0], tool: 'a.d' }, effects[1]]),
    ],
    ['number of effects', scopeHashOf('p', 'staging', [effects[0]])],
  ])('changes with the %s', (_what, other) => {
    expect(other).not.toBe(base);
  });
});
