import { findReadings } from './findReadings';

const TEXT = 'Create orders-api, a Node REST API with PostgreSQL';

const marked = (text: string, words: Record<string, string>) =>
  findReadings(text, { words }).map(({ text: part, fields }) =>
    fields.length > 0 ? `[${part}: ${fields.join(', ')}]` : part,
  );

describe('findReadings', () => {
  it('marks the words of each field where they stand, in the order of the words', () => {
    expect(
      marked(TEXT, {
        database: 'PostgreSQL',
        serviceName: 'orders-api',
        language: 'Node',
      }),
    ).toEqual([
      'Create ',
      '[orders-api: serviceName]',
      ', a ',
      '[Node: language]',
      ' REST API with ',
      '[PostgreSQL: database]',
    ]);
  });

  it.each([
    ['the words are not in the text any more', { database: 'MongoDB' }],
    ['the field is none of the form', { somethingElse: 'Node' }],
    ['there are no words', { database: '' }],
  ])('marks nothing when %s', (_why, words: Record<string, string>) => {
    expect(marked(TEXT, words)).toEqual([TEXT]);
  });

  it('says two fields of the same words, and leaves out what overlaps', () => {
    expect(
      marked(TEXT, {
        language: 'Node REST',
        pattern: 'Node REST',
        environment: 'REST API',
      }),
    ).toEqual([
      'Create orders-api, a ',
      '[Node REST: language, pattern]',
      ' API with PostgreSQL',
    ]);
  });

  it('keeps every character of the request', () => {
    const parts = findReadings(TEXT, { words: { language: 'Node' } });
    expect(parts.map(({ text }) => text).join('')).toBe(TEXT);
  });
});
