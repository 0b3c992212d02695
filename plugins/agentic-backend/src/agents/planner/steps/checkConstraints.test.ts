import type { RuntimeReport } from '@agentic-backstage/plugin-agentic-node';
import type { IntentFields } from '../fields/IntentFields';
import { checkConstraints } from './checkConstraints';

const form = <Value>(value: Value) => ({ value, origin: 'form' as const });
const anIntent = (fields: IntentFields = {}): IntentFields => ({
  language: form('nodejs'),
  pattern: form('rest-api'),
  database: form('postgresql'),
  environment: form('staging'),
  port: form(8080),
  highAvailability: form(false),
  ...fields,
});
const missing = (id: string): RuntimeReport => ({
  id,
  available: false,
  detail: `${id} was not found; install it`,
});
const check = (fields: IntentFields, runtimes: RuntimeReport[] = []) =>
  checkConstraints(anIntent(fields), { environments: ['staging'], runtimes });

describe('checkConstraints', () => {
  it('has nothing against what is built', () => {
    expect(check({})).toEqual([]);
  });

  it.each([
    ['language', 'java', 'nodejs, python, go'],
    ['language', 'rust', 'nodejs, python, go'],
    ['database', 'dynamodb', 'postgresql, none'],
    ['database', 'mysql', 'postgresql, none'],
    ['database', 'mongodb', 'postgresql, none'],
    ['pattern', 'grpc', 'rest-api'],
    ['pattern', 'event-driven', 'rest-api'],
    ['cloudProvider', 'azure', 'aws'],
    ['environment', 'mars', 'staging'],
  ])('refuses %s %s and names what there is: %s', (field, value, available) => {
    expect(check({ [field]: form(value) })).toEqual([
      expect.objectContaining({
        field: `parameters.${field}`,
        message: expect.stringContaining(value),
        remedy: `Available: ${available}.`,
      }),
    ]);
  });

  it.each([
    ['nodejs', 'parameters.language'],
    ['git', 'parameters.language'],
    ['postgresql', 'parameters.database'],
  ])('refuses a request that needs %s on a machine without it', (id, field) => {
    expect(check({}, [missing(id)])).toEqual([
      expect.objectContaining({
        field,
        message: expect.stringContaining(`${id} was not found; install it`),
      }),
    ]);
  });

  it.each(['python', 'go'])(
    'refuses a service in %s where its runtime is missing, and minds no other',
    language => {
      const others = ['nodejs', 'python', 'go'].filter(id => id !== language);
      expect(
        check({ language: form(language) }, [
          missing(language),
          ...others.map(missing),
        ]),
      ).toEqual([
        expect.objectContaining({
          field: 'parameters.language',
          message: expect.stringContaining(
            `${language} was not found; install it`,
          ),
        }),
      ]);
    },
  );

  it('does not mind a missing runtime that is not needed', () => {
    expect(
      check({ database: form('none') }, [missing('postgresql'), missing('go')]),
    ).toEqual([]);
  });

  it.each([
    [26.06, false, 0],
    [26.05, false, 1],
    [51.72, true, 0],
    [51.71, true, 1],
    [30, true, 1],
    [30, false, 0],
    [0, false, 1],
  ])(
    'with a budget of %d and high availability %s finds %d problems',
    (budget, high, count) => {
      const problems = check({
        monthlyBudget: form(budget),
        highAvailability: form(high),
      });

      expect(problems).toHaveLength(count);
    },
  );

  it('names both constraints, the figures and the ways out', () => {
    const [problem] = check({
      monthlyBudget: form(20),
      highAvailability: form(true),
    });

    expect(problem.message).toMatch(/\$20\.00.*high availability.*\$51\.72/);
    expect(problem.remedy).toBe(
      'Ways out, cheapest first: do without the database ($0.00); do without high availability and raise the budget to at least $26.06; raise the budget to at least $51.72.',
    );
  });

  it('says "at least" where the price of the environment is not known', () => {
    const [problem] = checkConstraints(
      anIntent({
        environment: form('production'),
        monthlyBudget: form(20),
        highAvailability: form(true),
      }),
      { environments: ['production'], runtimes: [] },
    );

    expect(problem.message).toContain('at least $51.72');
  });

  it.each([80, 1023, 65536, 80.5, Number.NaN])('refuses port %d', port => {
    expect(check({ port: form(port) })).toMatchObject([
      { field: 'parameters.port' },
    ]);
  });
});
