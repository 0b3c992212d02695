import { normaliseOwner } from './normaliseOwner';

describe('normaliseOwner', () => {
  it.each([
    ['team-a', 'group:default/team-a'],
    ['group:team-a', 'group:default/team-a'],
    ['group:default/Team-A', 'group:default/team-a'],
    ['user:default/ada', 'user:default/ada'],
    ['payments/team-a', 'group:payments/team-a'],
  ])('takes %s for %s', (owner, expected) => {
    expect(normaliseOwner(owner, 'parameters.owner')).toEqual({
      owner: expected,
    });
  });

  it.each([
    '',
    'two words',
    'component:default/x',
    '../x',
    'a/b/c',
    'ä',
    '${x}',
    'x'.repeat(64),
    'team-',
    'user:',
    'a.b/team',
  ])('refuses %j', owner => {
    expect(normaliseOwner(owner, 'parameters.owner')).toMatchObject({
      problem: { field: 'parameters.owner' },
    });
  });
});
