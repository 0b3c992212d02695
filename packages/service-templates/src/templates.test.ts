import { findTemplate, listTemplates } from './templates';
import { aSpec } from './__testUtils__/sampleService';

describe('templates', () => {
  it('lists what can be built', () => {
    const sound = (language: string, command: string) =>
      expect.objectContaining({
        id: `${language}-rest-api`,
        language,
        pattern: 'rest-api',
        databases: ['none', 'postgresql'],
        runtime: {
          command,
          minimumVersion: expect.stringMatching(/^\d+\.\d+/),
        },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    expect(listTemplates()).toEqual(
      expect.arrayContaining([
        sound('go', 'go'),
        sound('nodejs', 'node'),
        sound('python', 'python'),
      ]),
    );
  });

  it.each([
    ['nodejs', 'rest-api', 'postgresql', true],
    ['nodejs', 'rest-api', 'none', true],
    ['nodejs', 'rest-api', 'toString', false],
    ['nodejs', 'grpc', 'none', false],
    ['go', 'rest-api', 'postgresql', true],
    ['python', 'rest-api', 'none', true],
    ['rust', 'rest-api', 'none', false],
  ])('finds %s, %s, %s: %s', (language, pattern, database, found) => {
    expect(
      findTemplate(aSpec({ language, pattern, database })) !== undefined,
    ).toBe(found);
  });
});
