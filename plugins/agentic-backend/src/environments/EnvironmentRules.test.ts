import {
  reasonNotToOperate,
  reasonNotToRequest,
  type Actor,
  type EnvironmentRules,
} from './EnvironmentRules';

const RULES: EnvironmentRules = {
  development: {
    requesters: ['owners'],
    operators: [],
    automatedSystems: ['external:ci'],
    dataClass: 'synthetic',
    requireChangeReason: false,
  },
  staging: {
    requesters: ['group:default/quality'],
    operators: [],
    automatedSystems: ['external:ci'],
    dataClass: 'anonymised',
    requireChangeReason: false,
  },
  production: {
    requesters: [],
    operators: ['group:default/operators', 'user:default/olga'],
    automatedSystems: ['external:release'],
    dataClass: 'live',
    requireChangeReason: true,
  },
  open: {
    requesters: ['everyone'],
    operators: ['group:default/operators'],
    automatedSystems: [],
    requireChangeReason: false,
  },
};
const ALL = Object.keys(RULES);

function person(name: string, ...groups: string[]): Actor {
  const userEntityRef = `user:default/${name}`;
  return {
    userEntityRef,
    ownershipEntityRefs: [
      userEntityRef,
      ...groups.map(group => `group:default/${group}`),
    ],
  };
}
function machine(subject: string, environments: string[] = ALL): Actor {
  return {
    userEntityRef: `service:${subject}`,
    ownershipEntityRefs: [],
    machine: { subject, environments },
  };
}

const ADA = person('ada', 'payments');
const QUINN = person('quinn', 'quality');
const OLGA = person('olga');
const OSCAR = person('oscar', 'operators');
const CI = machine('external:ci');
const RELEASE = machine('external:release');
const CI_FOR_OSCAR: Actor = { ...OSCAR, machine: CI.machine };

describe('reasonNotToRequest', () => {
  it.each([
    ['ada', ADA, ['development', 'open']],
    ['quinn', QUINN, ['staging', 'open']],
    ['olga', OLGA, ['production', 'open']],
    ['oscar', OSCAR, ['production', 'open']],
    ['ci', CI, ['development', 'staging']],
    ['release', RELEASE, ['production']],
    ['ci for oscar', CI_FOR_OSCAR, ['production', 'open']],
    ['ci, granted nothing', machine('external:ci', []), []],
    [
      'ci for oscar, granted staging',
      {
        ...OSCAR,
        machine: { subject: 'external:ci', environments: ['staging'] },
      },
      [],
    ],
    // A person cannot pass for a machine by their name.
    [
      'a user called like a machine',
      { userEntityRef: 'service:external:ci', ownershipEntityRefs: [] },
      ['open'],
    ],
  ] as [string, Actor, string[]][])(
    'lets %s ask for work of team payments where the rules say',
    (_name, actor, expected) => {
      const allowed = [...ALL, 'unheard-of'].filter(
        environment =>
          reasonNotToRequest(
            RULES,
            environment,
            actor,
            'group:default/payments',
          ) === undefined,
      );
      expect(allowed).toEqual(expected);
    },
  );

  it.each([
    ['development', 'the owners of the service'],
    ['staging', 'group:default/quality'],
    ['production', 'group:default/operators, user:default/olga'],
    ['unheard-of', 'agentic.environments.unheard-of'],
    ['constructor', 'agentic.environments.constructor'],
  ])('says whom to ask about %s', (environment, whom) => {
    expect(
      reasonNotToRequest(RULES, environment, person('eve'), 'group:default/x'),
    ).toContain(whom);
  });

  it('says in the list that owners may ask, as the owner is not known yet', () => {
    expect(reasonNotToRequest(RULES, 'development', ADA)).toBeUndefined();
  });
});

describe('reasonNotToOperate', () => {
  const workflow = (environment: string, requestedBy: string) => ({
    environment,
    requestedBy,
    owner: 'group:default/payments',
  });

  it.each([
    ['ada her own in open', ADA, 'open', 'user:default/ada', true],
    ['quinn ada’s in open', QUINN, 'open', 'user:default/ada', false],
    ['oscar ada’s in open', OSCAR, 'open', 'user:default/ada', true],
    ['quinn ada’s in staging', QUINN, 'staging', 'user:default/ada', true],
    ['ada her own in production', ADA, 'production', 'user:default/ada', false],
    [
      'olga oscar’s in production',
      OLGA,
      'production',
      'user:default/oscar',
      true,
    ],
    [
      'release oscar’s in production',
      RELEASE,
      'production',
      'user:default/oscar',
      true,
    ],
    ['ci oscar’s in production', CI, 'production', 'user:default/oscar', false],
  ] as [string, Actor, string, string, boolean][])(
    '%s: %#',
    (_name, actor, environment, requestedBy, expected) => {
      const reason = reasonNotToOperate(
        RULES,
        workflow(environment, requestedBy),
        actor,
      );
      expect(reason === undefined).toBe(expected);
    },
  );
});
