import { validateName } from './validateName';

describe('validateName', () => {
  it.each(['abc', 'user-service', 'a1b', 'x'.repeat(40), 'a--b', 'orders2'])(
    'accepts %s',
    name => {
      expect(validateName(name, 'parameters.serviceName')).toBeUndefined();
    },
  );

  it.each([
    ['', 'is empty', undefined],
    ['  ', 'is empty', undefined],
    ['ab', 'only 2 characters', undefined],
    ['x'.repeat(41), '41 characters', 'x'.repeat(40)],
    ['x'.repeat(300), '300 characters', undefined],
    ['User-Service', 'upper-case', 'user-service'],
    ['UserService', 'upper-case', 'user-service'],
    ['a b', 'has a space', 'a-b'],
    ['user_service', 'character “_”', 'user-service'],
    ['user.service', 'character “.”', 'user-service'],
    ['1service', 'does not begin with a letter', 'service'],
    ['-service', 'does not begin with a letter', 'service'],
    ['service-', 'ends with a hyphen', 'service'],
    ['../x', 'has a path', undefined],
    ['../../etc/passwd', 'has a path', undefined],
    ['a\\b\\c', 'has a path', undefined],
    ['$(reboot)', 'does not begin with a letter', undefined],
    ['foo`id`', 'character “`”', undefined],
    ['foo;reboot', 'character “;”', undefined],
    ['foo|cat', 'character “|”', undefined],
    ['foo{{7*7}}', 'character “{”', undefined],
    ['foo${x}', 'character “$”', undefined],
    ["foo'--", "character “'”", undefined],
    ['<script>', 'does not begin with a letter', undefined],
    ['foo\nbar', 'control character', undefined],
    ['foo\u0000bar', 'control character', undefined],
    ['us\u0435r-service', 'U+0435), which only looks like “e”', 'user-service'],
    ['user\u2010service', 'U+2010), which only looks like “-”', 'user-service'],
    ['\uff55ser-service', 'U+FF55), which only looks like “u”', 'user-service'],
    ['user\u200bservice', 'U+200B), which is not', 'user-service'],
    ['user\u202eservice', 'U+202E), which is not', 'user-service'],
    ['üser-service', 'U+00FC), which is not', 'user-service'],
    ['用户服务', 'U+7528), which is not', undefined],
    ['con', 'is reserved', 'con-service'],
    ['NUL', 'is reserved', 'nul-service'],
    ['lpt1', 'is reserved', 'lpt1-service'],
    ['node_modules', 'is reserved', 'node-modules-service'],
    ['kube-system', 'is reserved', undefined],
    ['kube-anything', 'is reserved', undefined],
    ['default', 'is reserved', 'default-service'],
    ['postgres', 'is reserved', 'postgres-service'],
    ['constructor', 'is reserved', 'constructor-service'],
    ['__proto__', 'is reserved', 'proto'],
    ['xn--80ak6aa92e', 'encoded international', undefined],
  ])('refuses %j because it %s', (name, reason, suggestion) => {
    const problem = validateName(name, 'parameters.serviceName');

    expect(problem).toMatchObject({ field: 'parameters.serviceName' });
    expect(problem?.message).toContain(reason);
    const offered = /Did you mean “(.*)”/.exec(problem?.remedy ?? '')?.[1];
    expect(offered).toBe(suggestion);
  });
});
