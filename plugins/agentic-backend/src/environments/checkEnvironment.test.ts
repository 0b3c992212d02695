import { testEnvironments } from '../__testUtils__/testEnvironments';
import {
  checkMayOperate,
  checkRequestedEnvironment,
  mayOperate,
} from './checkEnvironment';

const ADA = {
  userEntityRef: 'user:default/ada',
  ownershipEntityRefs: ['user:default/ada', 'group:default/team-payments'],
};
const RULES = {
  ...testEnvironments,
  production: {
    ...testEnvironments.production,
    operators: ['group:default/operators'],
    requireChangeReason: true,
  },
  closed: {
    ...testEnvironments.production,
    requesters: [],
  },
};

describe('checkRequestedEnvironment', () => {
  const check = (
    environment: string,
    changeReason?: string,
    owner = 'group:default/team-payments',
  ) =>
    checkRequestedEnvironment({
      rules: RULES,
      request: { changeReason },
      requester: ADA,
      intent: { environment, owner },
    });

  it.each([
    ['staging', undefined],
    ['production', 'Contract starts on Monday'],
  ])('lets work for %s with the reason %j pass', (environment, reason) => {
    expect(() => check(environment, reason)).not.toThrow();
  });

  it.each([
    ['closed', 'I would like it', 'NotAllowedError', 'parameters.environment'],
    ['production', undefined, 'InputError', 'changeReason'],
    ['production', '   ', 'InputError', 'changeReason'],
  ])(
    'refuses work for %s with the reason %j',
    (environment, reason, name, field) => {
      let thrown: unknown;
      try {
        check(environment, reason);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ name, problems: [{ field }] });
    },
  );

  it('refuses a machine as owner', () => {
    expect(() => check('staging', undefined, 'service:external:ci')).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ field: 'parameters.owner' })],
      }),
    );
  });
});

describe('checkMayOperate', () => {
  const workflow = {
    environment: 'production',
    requested_by: 'user:default/olga',
    owner: 'group:default/team-payments',
  };

  it('lets an operator go on with the work of others', () => {
    const actor = { ...ADA, ownershipEntityRefs: ['group:default/operators'] };
    expect(mayOperate(RULES, workflow, actor)).toBe(true);
    expect(() => checkMayOperate(RULES, workflow, actor)).not.toThrow();
  });

  it('refuses a requester the work of others, and says who operates', () => {
    expect(mayOperate(RULES, workflow, ADA)).toBe(false);
    expect(() => checkMayOperate(RULES, workflow, ADA)).toThrow(
      'is operated by group:default/operators',
    );
  });
});
