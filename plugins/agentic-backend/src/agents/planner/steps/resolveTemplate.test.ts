import { resolveTemplate } from './resolveTemplate';

const mention = (value: string) => ({ value, words: value });

describe('resolveTemplate', () => {
  it.each([
    ['microservice-rest-api', 'microservice-rest-api', undefined],
    ['rest-api-postgres', 'rest-api-postgres', 'postgresql'],
    ['microservice-db', 'microservice-with-db', 'postgresql'],
    ['microservice-with-db', 'microservice-with-db', 'postgresql'],
  ])('takes %s for %s with database %s', (template, id, database) => {
    expect(resolveTemplate({ template, mentions: [] })).toEqual({
      id,
      origin: 'form',
      database,
      problems: [],
    });
  });

  it('takes the default where none is named', () => {
    expect(resolveTemplate({ template: ' ', mentions: [] })).toMatchObject({
      id: 'microservice-rest-api',
      origin: 'default',
      problems: [],
    });
  });

  it.each(['foo', '__proto__', 'constructor', 'toString', '../x'])(
    'refuses %s and names the templates there are',
    template => {
      const [problem] = resolveTemplate({ template, mentions: [] }).problems;

      expect(problem).toMatchObject({ field: 'template' });
      expect(problem.message).toContain(template);
      expect(problem.remedy).toContain(
        'microservice-rest-api, rest-api-postgres',
      );
    },
  );

  it('takes two names of one template for one', () => {
    expect(
      resolveTemplate({
        template: 'microservice-db',
        mentions: [mention('microservice-with-db')],
      }).problems,
    ).toEqual([]);
  });

  it('refuses a form and words that disagree, naming both', () => {
    const [problem] = resolveTemplate({
      template: 'microservice-rest-api',
      mentions: [mention('rest-api-postgres')],
    }).problems;

    expect(problem.message).toContain(
      'microservice-rest-api and rest-api-postgres',
    );
  });
});
