import { estimateCost } from './estimateCost';

describe('estimateCost', () => {
  it.each([
    ['postgresql', false, 'partial', 14.38],
    ['postgresql', true, 'partial', 28.36],
    ['none', false, 'known', 0],
  ])(
    '%s, high availability %s: %s, %d',
    (database, highAvailability, status, monthly) => {
      expect(estimateCost({ database, highAvailability })).toMatchObject({
        status,
        monthly,
        currency: 'USD',
      });
    },
  );

  it('has no figure for a database without a price', () => {
    const estimate = estimateCost({
      database: 'oracle',
      highAvailability: false,
    });

    expect(estimate.status).toBe('unknown');
    expect(estimate.monthly).toBeUndefined();
  });

  it('is the sum of its lines, each with a source', () => {
    const { lines, monthly } = estimateCost({
      database: 'postgresql',
      highAvailability: true,
    });
    const sum = lines.reduce((total, line) => total + (line.monthly ?? 0), 0);

    expect(sum).toBeCloseTo(monthly ?? Number.NaN, 2);
    expect(lines.filter(({ source }) => source === '')).toEqual([]);
    expect(
      lines.filter(line => line.monthly === undefined).map(line => line.source),
    ).toEqual([expect.stringContaining('Not priced')]);
  });
});
