import type { Action, Scenario, Tampering } from './Scenario';

const sign: Action = { do: 'sign', who: 'everybody who has to', yes: true };

function life(...actions: Action[]): Scenario {
  return lifeIn('staging', ...actions);
}

function lifeIn(
  environment: Scenario['environment'],
  ...actions: Action[]
): Scenario {
  return {
    environment,
    mood: 'honest',
    declared: 'execute',
    promoted: 'execute',
    tasks: [['repo', 'database']],
    verdicts: {},
    looks: [],
    actions: [{ do: 'drive' }, ...actions, { do: 'drive' }],
  };
}

const tampered = (what: Tampering): Scenario =>
  life({ do: 'tamper before an effect', what }, sign);

/** Lives in which something is lost that chance would take long to find; they are lived before the random ones. */
export const KNOWN_LIVES: readonly Scenario[] = [
  life(sign),
  tampered('effect undone by a person'),
  tampered('agents stopped'),
  tampered('approval void'),
  tampered('plan'),
  tampered('dry run lost'),
  tampered('verdict denies'),
  tampered('critic blocks'),
  tampered('critic verdict ran out'),
  tampered('requester left the team'),
  tampered('a second replica'),
  tampered('budget used up'),
  tampered('same call failed three times'),
  lifeIn(
    'production',
    { do: 'sign', who: 'ben', yes: true },
    { do: 'sign', who: 'chiara', yes: true },
  ),
  life({ do: 'crash in the tool', when: 'after' }, sign),
];
