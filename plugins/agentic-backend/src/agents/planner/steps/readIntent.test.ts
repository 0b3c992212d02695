import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import { aRequest } from '../__fixtures__/aRequest';
import { understand } from './understand';

const understanding = (given: Partial<PlanningRequest>) =>
  understand(aRequest(given));

function intentOf(given: Partial<PlanningRequest>) {
  const result = understanding(given);
  if (result.status === 'refused') throw new Error(JSON.stringify(result));
  return result.intent;
}

function refusalOf(given: Partial<PlanningRequest>) {
  const result = understanding(given);
  if (result.status !== 'refused') throw new Error(JSON.stringify(result));
  return result;
}

describe('readIntent', () => {
  it('takes the form', () => {
    expect(
      intentOf({
        template: 'microservice-with-db',
        parameters: {
          serviceName: 'user-service',
          description: 'Keeps users',
          owner: 'payments',
          language: 'Node.js',
          pattern: 'REST API',
          database: 'PostgreSQL',
          environment: 'prod',
          port: 3000,
          highAvailability: true,
          monthlyBudget: 300,
          cloudProvider: 'AWS',
        },
      }),
    ).toEqual({
      type: 'create-service',
      serviceName: 'user-service',
      description: 'Keeps users',
      owner: 'group:default/payments',
      language: 'nodejs',
      pattern: 'rest-api',
      database: 'postgresql',
      environment: 'production',
      port: 3000,
      highAvailability: true,
      monthlyBudget: 300,
      cloudProvider: 'aws',
      origins: {
        serviceName: 'form',
        description: 'form',
        owner: 'form',
        language: 'form',
        pattern: 'form',
        database: 'form',
        environment: 'form',
        port: 'form',
        highAvailability: 'form',
        monthlyBudget: 'form',
        cloudProvider: 'form',
      },
    });
  });

  it.each([
    ['rest-api-postgres', 'postgresql', 'template'],
    ['microservice-db', 'postgresql', 'template'],
    ['microservice-with-db', 'postgresql', 'template'],
    ['microservice-rest-api', 'none', 'default'],
  ])('lets template %s mean database %s (%s)', (template, database, origin) => {
    const intent = intentOf({
      template,
      parameters: { serviceName: 'user-service' },
    });

    expect(intent.database).toBe(database);
    expect(intent.origins.database).toBe(origin);
  });

  it('fills gaps of the form from the words', () => {
    const intent = intentOf({
      description: 'Create a service with PostgreSQL',
      parameters: { serviceName: 'user-service', environment: 'staging' },
    });

    expect(intent).toMatchObject({
      database: 'postgresql',
      environment: 'staging',
      origins: { database: 'words', environment: 'form', serviceName: 'form' },
    });
  });

  it('lets the form decide between what the words leave open', () => {
    expect(
      intentOf({
        description: 'Create a service called user-service with a database',
        parameters: { database: 'postgresql' },
      }).database,
    ).toBe('postgresql');
    expect(
      intentOf({
        description:
          'Create a service called user-service, deploy to staging and production',
        parameters: { environment: 'staging' },
      }).environment,
    ).toBe('staging');
  });

  it.each([
    [
      'deploy to production',
      { environment: 'staging' },
      /environment “staging” and the words say “production”/,
    ],
    [
      'with PostgreSQL',
      { database: 'none' },
      /database “none” and the words say “PostgreSQL”/,
    ],
    [
      'without a database',
      { database: 'postgresql' },
      /database “postgresql” and the words say/,
    ],
    [
      'called order-service',
      { serviceName: 'user-service' },
      /name “user-service” and the words say “called order-service”/,
    ],
    [
      'not production',
      { environment: 'production' },
      /environment “production” and the words say not “production”/,
    ],
    [
      'on port 3000',
      { port: 4000 },
      /port “4000” and the words say “on port 3000”/,
    ],
    [
      'under $20 a month',
      { monthlyBudget: 30 },
      /“\$30” and the words say “under \$20 a month”/,
    ],
  ])(
    'refuses %s against the form %j, naming both',
    (words, parameters, message) => {
      const { problems } = refusalOf({
        description: `Create a service, ${words}`,
        parameters: { serviceName: 'user-service', ...parameters },
      });

      expect(problems.map(problem => problem.message)).toContainEqual(
        expect.stringMatching(message),
      );
    },
  );

  it('refuses a template with a database and a form without one', () => {
    const { problems } = refusalOf({
      template: 'microservice-with-db',
      parameters: { serviceName: 'user-service', database: 'none' },
    });

    expect(problems).toMatchObject([{ field: 'parameters.database' }]);
  });

  it('refuses a form without a name and names the field', () => {
    expect(refusalOf({ template: 'microservice-rest-api' }).problems).toEqual([
      expect.objectContaining({ field: 'parameters.serviceName' }),
    ]);
  });

  it('names every field of the form that is wrong at once', () => {
    const { problems } = refusalOf({
      template: 'nope',
      parameters: {
        serviceName: 'A b',
        language: 'cobol',
        database: 'dynamodb',
        pattern: 'grpc',
        environment: 'mars',
        owner: 'two words',
        cloudProvider: 'gcp',
      },
    });

    expect(problems.map(({ field }) => field).sort()).toEqual([
      'parameters.cloudProvider',
      'parameters.database',
      'parameters.environment',
      'parameters.language',
      'parameters.owner',
      'parameters.pattern',
      'parameters.serviceName',
      'template',
    ]);
  });

  it('asks for the environment where the default is not configured', () => {
    expect(
      refusalOf({
        environments: ['blue', 'green'],
        parameters: { serviceName: 'user-service' },
      }).questions,
    ).toMatchObject([{ options: ['blue', 'green'] }]);
  });

  it('knows an environment by the name it has in the configuration', () => {
    expect(
      intentOf({
        environments: ['dev', 'prod'],
        description:
          'Create a service called user-service, deploy to production',
      }).environment,
    ).toBe('prod');
  });

  it.each([
    ['a password', 'password: hunter22'],
    ['an AWS access key', 'AKIAABCDEFGHIJKLMNOP'],
    ['a connection string', 'postgres://ada:secret@db/users'],
  ])('refuses a text with %s and does not repeat it', (kind, secret) => {
    const { problems } = refusalOf({
      description: `Create a service called user-service, ${secret}`,
    });

    expect(problems[0].message).toContain(kind);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  it('refuses a text that is too long before reading it', () => {
    expect(refusalOf({ description: 'a'.repeat(4001) }).problems).toMatchObject(
      [{ field: 'description', message: 'the text has 4001 characters' }],
    );
  });

  it.each([
    ['1001 characters', 'a'.repeat(1001)],
    ['control characters', 'Keeps users\u0000'],
    ['control characters', 'Keeps \u202eusers'],
    ['control characters', 'Keeps \ud800users'],
  ])('refuses a description with %s', (reason, description) => {
    const { problems } = refusalOf({
      parameters: { serviceName: 'user-service', description },
    });

    expect(problems).toEqual([
      expect.objectContaining({
        field: 'parameters.description',
        message: expect.stringContaining(reason),
      }),
    ]);
  });
});
