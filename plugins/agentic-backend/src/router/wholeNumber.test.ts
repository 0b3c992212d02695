import { wholeNumber } from './wholeNumber';

const schema = wholeNumber({ min: 1, max: 200 });

describe('wholeNumber', () => {
  it.each([
    ['1', 1],
    ['200', 200],
    ['007', 7],
  ])('reads %j', (text, expected) => {
    expect(schema.parse(text)).toBe(expected);
  });

  it.each([
    [['1']],
    [['1', '2']],
    [{ a: '1' }],
    [''],
    [' '],
    ['0'],
    ['201'],
    ['-1'],
    ['1.5'],
    ['1e2'],
    ['0x10'],
    ['9007199254740993'],
    [true],
    [undefined],
  ])('refuses %j', value => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
