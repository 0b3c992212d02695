import { findTemplate, listTemplates } from './templates';
import { aSpec } from './__testUtils__/sampleService';

describe('templates', () => {
  it('lists what can be built', () => {
    expect(listTemplates()).toEqual([
      expect.objectContaining({
        id: 'nodejs-rest-api',
        language: 'nodejs',
        pattern: 'rest-api',
        databases: ['none', 'postgresql'],
        runtime: { command: 'node', minimumVersion: '24.0.0' },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
  });

  it.each([
    ['nodejs', 'rest-api', 'postgresql', true],
    ['nodejs', 'rest-api', 'none', true],
    ['nodejs', 'rest-api', 'toString', false],
    ['nodejs', 'grpc', 'none', false],
    ['python', 'rest-api', 'none', false],
  ])('finds %s, %s, %s: %s', (language, pattern, database, found) => {
    expect(
      findTemplate(aSpec({ language, pattern, database })) !== undefined,
    ).toBe(found);
  });
});
