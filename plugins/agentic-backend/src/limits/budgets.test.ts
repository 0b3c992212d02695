import type { LimitPeriod } from '@agentic-backstage/plugin-agentic-common';
import { budgetUses, endOfPeriod, stateOf, whatIsReached } from './budgets';

const NOW = new Date('2026-12-31T23:30:00.000Z');

describe('stateOf', () => {
  it.each([
    [0, 10, 'ok'],
    [7.99, 10, 'ok'],
    [8, 10, 'near'],
    [9.99, 10, 'near'],
    [10, 10, 'reached'],
    [11, 10, 'reached'],
    [1e9, undefined, 'ok'],
  ])('%d of %s is %s', (used, allowed, expected) => {
    expect(stateOf(used, allowed)).toBe(expected);
  });
});

describe('endOfPeriod', () => {
  it.each<[LimitPeriod, string | undefined]>([
    ['day', '2027-01-01T00:00:00.000Z'],
    ['month', '2027-01-01T00:00:00.000Z'],
    ['run', undefined],
  ])('a %s ends at %s', (period, expected) => {
    expect(endOfPeriod(period, NOW)).toBe(expected);
  });
});

describe('whatIsReached', () => {
  const team = {
    scope: 'team',
    subject: 'group:default/shop',
    period: 'day',
  } as const;

  it('is silent while there is something left', () => {
    const uses = budgetUses(
      team,
      { money: 10 },
      { steps: 5, tokens: 100, money: 9.99 },
      NOW,
    );
    expect(whatIsReached(uses, 'USD')).toBeUndefined();
    expect(uses.map(use => use.measure)).toEqual(['steps', 'tokens', 'money']);
  });

  it('names whose budget, what was used, and when it frees', () => {
    const uses = budgetUses(
      team,
      { money: 10 },
      { steps: 0, tokens: 0, money: 12.5 },
      NOW,
    );
    expect(whatIsReached(uses, 'EUR')).toBe(
      'The budget of group:default/shop for model cost this day is 10.00 EUR and 12.50 EUR are used; it frees at 2027-01-01T00:00:00.000Z',
    );
  });

  it('says who can raise the budget of a run, which never frees', () => {
    const uses = budgetUses(
      { scope: 'run', subject: 'wf-1', period: 'run' },
      { steps: 3 },
      { steps: 3, tokens: 0, money: 0 },
      NOW,
    );
    expect(whatIsReached(uses, 'USD')).toBe(
      'The budget of this run for steps is 3 and 3 are used; an administrator can raise agentic.limits.budgets',
    );
  });
});
