import {
  fieldName,
  problemText,
  sortProblems,
  toParameters,
} from './requestForm';

describe('toParameters', () => {
  it.each([
    [{}, {}],
    [{ serviceName: '  ' }, {}],
    [{ serviceName: ' orders-api ' }, { serviceName: 'orders-api' }],
    [{ port: '4100' }, { port: 4100 }],
    [{ highAvailability: 'true' }, { highAvailability: true }],
    [{ highAvailability: 'Yes' }, { highAvailability: true }],
    [{ highAvailability: 'false' }, { highAvailability: false }],
    [{ unknown: 'x' }, {}],
  ])('reads %j as %j', (values, expected) => {
    expect(toParameters(values)).toEqual(expected);
  });
});

describe('fieldName', () => {
  it.each([
    ['port', 'port'],
    ['parameters.port', 'port'],
    ['/body/parameters/port', 'port'],
    ['body.parameters.port', 'port'],
    ['description', 'description'],
  ])('knows %s as %s', (path, expected) => {
    expect(fieldName(path)).toBe(expected);
  });
});

describe('sortProblems', () => {
  it('keeps a second problem of the same field among the others', () => {
    const first = { field: 'port', message: 'a', remedy: '' };
    const second = { field: 'parameters.port', message: 'b', remedy: '' };
    expect(sortProblems([first, second])).toEqual({
      byField: { port: first },
      general: [second],
    });
  });
});

describe('problemText', () => {
  it.each([
    ['port 80 cannot be used', 'Port 80 cannot be used. Use 8080.'],
    ['Is that a port?', 'Is that a port? Use 8080.'],
    ['Too low.', 'Too low. Use 8080.'],
  ])('writes "%s" as sentences', (message, expected) => {
    expect(problemText({ field: 'port', message, remedy: 'Use 8080.' })).toBe(
      expected,
    );
  });
});
