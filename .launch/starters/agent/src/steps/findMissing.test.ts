import { findMissing } from './findMissing';

describe('findMissing', () => {
  it.each([
    [['README.md'], ['README.md'], []],
    [['README.md', 'LICENSE'], ['README.md'], ['LICENSE']],
    [['README.md'], ['docs/README.md'], ['README.md']],
    [['README.md'], [], ['README.md']],
  ])('of %j and %j names %j', (wanted, made, missing) => {
    expect(findMissing(wanted, made)).toEqual(missing);
  });
});
