import { englishTexts } from '../../__testUtils__/englishTexts';
import { wordsOfField, wordsOfValue } from './fieldWords';

const t = englishTexts();

describe('wordsOfField', () => {
  it.each([
    ['highAvailability', 'High availability'],
    ['policy.maxAttempts', 'Tries at most'],
    ['input.port', 'Input of the agent: port'],
    ['somethingNew', 'somethingNew'],
  ])('calls %s %s', (field, words) => {
    expect(wordsOfField(field, t)).toBe(words);
  });
});

describe('wordsOfValue', () => {
  it.each([
    ['highAvailability', 'true', 'yes'],
    ['estimatedSeconds', '90', '1m30s'],
    ['policy.timeoutSeconds', '300', '5m'],
    ['dependsOn', '["t1","t2"]', 't1, t2'],
    ['dependsOn', '[]', ''],
    ['budget', 'needs_review: No budget', 'Needs review: No budget'],
    ['database', 'postgresql', 'postgresql'],
    ['database', undefined, undefined],
  ])('says %s %s as %s', (field, value, words) => {
    expect(wordsOfValue({ field }, value, t)).toBe(words);
  });
});
