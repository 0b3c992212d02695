import { literalsOf } from './literalsOf';

describe('literalsOf', () => {
  it.each([
    [String.raw`ghp_[A-Z]{3}`, ['ghp_']],
    [String.raw`gh[pousr]_x|ghs_\d`, ['gh', 'ghs_']],
    [String.raw`SG\.[a-z]+`, ['sg.']],
    [String.raw`ab?c`, []],
    [String.raw`abc?d`, ['ab']],
    [String.raw`[a-z]{5}`, []],
    [String.raw`(?:a|b)c|de`, []],
  ])('of %s', (source, expected) => {
    expect(literalsOf(source)).toEqual(expected);
  });
});
