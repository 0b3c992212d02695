import { estimateCost, leastMonthlyCost } from './estimateCost';

describe('estimateCost', () => {
  it.each([
    ['postgresql', false, 'staging', 'partial', 26.06],
    ['postgresql', true, 'staging', 'partial', 51.72],
    ['postgresql', true, 'production', 'unknown', undefined],
    ['none', false, 'production', 'known', 0],
    ['oracle', false, 'staging', 'unknown', undefined],
  ])(
    '%s, high availability %s, %s: %s, %d',
    (database, highAvailability, environment, status, monthly) => {
      const estimate = estimateCost({
        database,
        highAvailability,
        environment,
      });

      expect(estimate.status).toBe(status);
      expect(estimate.monthly).toBe(monthly);
    },
  );

  it('knows the least a month costs where it does not know the total', () => {
    const costed = {
      database: 'postgresql',
      highAvailability: true,
      environment: 'production',
    };

    expect(leastMonthlyCost(costed)).toBe(51.72);
    expect(leastMonthlyCost({ ...costed, database: 'oracle' })).toBeUndefined();
  });

  it('is the sum of its lines, each with a source', () => {
    const { lines, monthly } = estimateCost({
      database: 'postgresql',
      highAvailability: true,
      environment: 'staging',
    });
    const sum = lines.reduce((total, line) => total + (line.monthly ?? 0), 0);

    expect(sum).toBeCloseTo(monthly ?? Number.NaN, 2);
    expect(lines.filter(({ source }) => source === '')).toEqual([]);
    expect(
      lines.filter(line => line.monthly === undefined).map(line => line.source),
    ).toEqual([expect.stringContaining('Not priced')]);
  });
});
