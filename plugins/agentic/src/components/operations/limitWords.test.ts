import type { LimitUse } from '@agentic-backstage/plugin-agentic-common';
import { englishTexts } from '../../__testUtils__/englishTexts';
import { limitName, usedOf, usedPercent } from './limitWords';

const t = englishTexts();

const use = (change: Partial<LimitUse>): LimitUse => ({
  scope: 'team',
  subject: 'group:default/shop',
  measure: 'money',
  period: 'day',
  used: 2.5,
  allowed: 10,
  state: 'ok',
  ...change,
});

describe('limits in words', () => {
  it.each<[Partial<LimitUse>, string, string, number | undefined]>([
    [{}, 'Model cost today', '2.50 EUR of 10.00 EUR', 25],
    [
      { measure: 'steps', period: 'run', used: 3, allowed: undefined },
      'Steps of the run',
      '3, not limited',
      undefined,
    ],
    [
      { measure: 'requests', period: 'second', used: undefined, allowed: 50 },
      'Requests a second',
      'at most 50',
      undefined,
    ],
    [
      { measure: 'workflows', period: 'open', used: 12, allowed: 10 },
      'Workflows open now',
      '12 of 10',
      100,
    ],
  ])('%j', (change, name, amount, percent) => {
    expect(limitName(use(change), t)).toBe(name);
    expect(usedOf(use(change), 'EUR', t)).toBe(amount);
    expect(usedPercent(use(change))).toBe(percent);
  });
});
