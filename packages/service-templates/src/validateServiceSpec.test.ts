import { aSpec } from './__testUtils__/sampleService';
import { validateServiceSpec } from './validateServiceSpec';

describe('validateServiceSpec', () => {
  it.each(['abc', 'user-service', 'a1b', `a${'b'.repeat(39)}`, 'a--b'])(
    'accepts the name %p',
    name => {
      expect(validateServiceSpec(aSpec({ name }))).toEqual({
        ok: true,
        spec: aSpec({ name }),
      });
    },
  );

  it.each([
    '../x',
    'a b',
    'ab',
    `a${'b'.repeat(40)}`,
    'x'.repeat(300),
    'User-service',
    'user_service',
    '-user',
    'user-',
    '1user',
    'user.service',
    'usеr-service',
    'user-service\n',
    '$(id)',
    '{{x}}',
    'a;b',
    'true',
    'null',
    '',
  ])('refuses the name %p', name => {
    expect(validateServiceSpec(aSpec({ name }))).toEqual({
      ok: false,
      problems: [
        {
          field: 'name',
          message: 'is not usable',
          remedy: expect.stringContaining('for example user-service'),
        },
      ],
    });
  });

  it.each([
    ['port', 80],
    ['port', 70000],
    ['port', '8080'],
    ['port', 8080.5],
    ['owner', 'group:default/a b'],
    ['owner', 'group:default/team-a\nx'],
    ['owner', '../x'],
    ['description', 'a\u0000b'],
    ['description', 'x'.repeat(1001)],
    ['description', '\ud800'],
    ['environment', 'moon'],
    ['repositoryUrl', 'file:///etc/passwd'],
    ['repositoryUrl', 'https://user:secret@git.example.com/x'],
    ['repositoryUrl', 'https://git.example.com/x\ny'],
    ['highAvailability', 'yes'],
    ['language', 'cobol'],
    ['pattern', 'grpc'],
    ['database', 'dynamodb'],
  ])('refuses %s %p and says what to do', (field, value) => {
    const result = validateServiceSpec({ ...aSpec(), [field]: value });
    expect(result).toEqual({
      ok: false,
      problems: [
        {
          field,
          message: expect.any(String),
          remedy: expect.stringMatching(/\w+ /),
        },
      ],
    });
  });

  it('names every wrong field at once', () => {
    const result = validateServiceSpec({ name: 'x', extra: 1 });
    expect(
      result.ok ? [] : result.problems.map(problem => problem.field).sort(),
    ).toEqual([
      'database',
      'description',
      'environment',
      'extra',
      'language',
      'name',
      'owner',
      'pattern',
    ]);
  });

  it.each([undefined, 'text', 7, [], { __proto__: { name: 'x' } }])(
    'refuses %p',
    value => {
      expect(validateServiceSpec(value).ok).toBe(false);
    },
  );

  it('listens on 8080 unless told otherwise', () => {
    const { port: _port, ...withoutPort } = aSpec();
    expect(validateServiceSpec(withoutPort)).toEqual({
      ok: true,
      spec: aSpec({ port: 8080 }),
    });
  });
});
