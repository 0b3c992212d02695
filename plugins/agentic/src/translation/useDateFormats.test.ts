import { dateLocale } from './useDateFormats';

describe('dateLocale', () => {
  it.each([
    ['en', ['en-GB', 'en'], 'en-GB'],
    ['de', ['en-US', 'de-AT'], 'de-AT'],
    ['de', ['en-US'], 'de'],
    ['en', [], 'en'],
  ])('of %s in a browser of %j is %s', (language, browser, expected) => {
    expect(dateLocale(language, browser)).toBe(expected);
  });
});
