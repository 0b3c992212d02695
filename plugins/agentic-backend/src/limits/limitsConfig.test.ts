import { ConfigReader } from '@backstage/config';
import { DEFAULT_LIMITS, readLimitsConfig } from './limitsConfig';

const read = (limits: object) =>
  readLimitsConfig(new ConfigReader({ agentic: { limits } } as never));

describe('readLimitsConfig', () => {
  it('allows 1000 requests a second when nothing is said', () => {
    const limits = readLimitsConfig(new ConfigReader({}));
    expect(limits).toEqual(DEFAULT_LIMITS);
    expect(limits.rates.requestsPerSecond).toBe(1000);
  });

  it('takes what is said and keeps the rest', () => {
    const limits = read({
      rates: { requestsPerSecond: 50 },
      budgets: { currency: 'EUR', teamDay: { money: 5, steps: 100 } },
    });
    expect(limits.rates).toEqual({
      ...DEFAULT_LIMITS.rates,
      requestsPerSecond: 50,
    });
    expect(limits.budgets.teamDay).toEqual({
      money: 5,
      steps: 100,
      tokens: undefined,
    });
    expect(limits.budgets.currency).toBe('EUR');
  });

  it.each([
    [
      { rates: { requestsPerSecond: 0 } },
      'agentic.limits.rates.requestsPerSecond is 0',
    ],
    [
      { rates: { writesPerMinute: 1.5 } },
      'agentic.limits.rates.writesPerMinute is 1.5',
    ],
    [{ workflows: { perUser: -1 } }, 'agentic.limits.workflows.perUser is -1'],
    [
      { budgets: { run: { money: 0 } } },
      'agentic.limits.budgets.run.money is 0',
    ],
    [{ loops: { attempts: 0 } }, 'agentic.limits.loops.attempts is 0'],
  ])('refuses %j', (limits, message) => {
    expect(() => read(limits)).toThrow(message);
  });
});
