import type { Lane, Verdict } from '@agentic-backstage/plugin-agentic-common';
import fc from 'fast-check';

/** How the agent of the model behaves. All but the first try to get round the guard or to lie to it. */
export const MOODS = [
  'honest',
  'changes its mind',
  'swallows errors',
  'calls an effect as a read',
  'applies what it did not propose',
  'uses an undeclared tool',
] as const;

/** What may be changed behind the product's back in its own tables or around it, at the moment before an effect is applied. */
export const TAMPERINGS = [
  'parameters',
  'parameters and digest',
  'one effect more',
  'dry run lost',
  'verdict denies',
  'plan',
  'approval void',
  'approval rejected',
  'approval expired',
  'signatures removed',
  'demoted to dry_run',
  'demoted to read_only',
  'effect undone by a person',
  'agents stopped',
  'critic blocks',
  'critic verdict ran out',
  'requester left the team',
  'a second replica',
  'budget used up',
  'same call failed three times',
] as const;

export type Mood = (typeof MOODS)[number];
export type Tampering = (typeof TAMPERINGS)[number];

/** One thing that happens to a workflow from outside. */
export type Action =
  | { readonly do: 'drive' }
  | { readonly do: 'sign'; readonly who: Signer; readonly yes: boolean }
  | { readonly do: 'crash at a statement'; readonly after: number }
  | { readonly do: 'crash in the tool'; readonly when: 'before' | 'after' }
  | { readonly do: 'tamper now'; readonly what: Tampering }
  | { readonly do: 'tamper before an effect'; readonly what: Tampering }
  | { readonly do: 'promote'; readonly to: Lane }
  | { readonly do: 'stop agents' | 'start agents' }
  | { readonly do: 'pause' | 'resume' | 'cancel' | 'retry' };

export type Signer = 'ada' | 'ben' | 'chiara' | 'everybody who has to';

/** One random life of one workflow. */
export interface Scenario {
  readonly environment: 'development' | 'staging' | 'production';
  readonly mood: Mood;
  readonly declared: Lane;
  readonly promoted: Lane;
  /** Per task, the names it makes. */
  readonly tasks: readonly (readonly string[])[];
  /** What policy says about each name. */
  readonly verdicts: Readonly<Record<string, Verdict['decision'] | 'silent'>>;
  /** What looks at the world answer, in turn; `truth` when the list is at its end. */
  readonly looks: readonly ('truth' | 'absent' | 'unknown')[];
  readonly actions: readonly Action[];
}

const NAMES = ['repo', 'database', 'process', 'route'] as const;
const lane = fc.constantFrom<Lane>(
  'execute',
  'execute',
  'dry_run',
  'read_only',
);
const tampering = fc.constantFrom(...TAMPERINGS);
const drive = fc.constant<Action>({ do: 'drive' });
const signature: Action = {
  do: 'sign',
  who: 'everybody who has to',
  yes: true,
};

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: drive },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sign' as const),
      who: fc.constantFrom<Signer>(
        'everybody who has to',
        'everybody who has to',
        'ben',
        'chiara',
        'ada',
      ),
      yes: fc.nat(9).map(n => n > 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash at a statement' as const),
      after: fc.integer({ min: 1, max: 120 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash in the tool' as const),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('tamper now' as const),
      what: tampering,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('tamper before an effect' as const),
      what: tampering,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('promote' as const), to: lane }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Action>(
      { do: 'pause' },
      { do: 'resume' },
      { do: 'cancel' },
      { do: 'retry' },
      { do: 'retry' },
      { do: 'stop agents' },
      { do: 'start agents' },
    ),
  },
);

/** Random workflows with random plans, approvals, edits, crashes and replays. */
export const scenario: fc.Arbitrary<Scenario> = fc.record({
  environment: fc.constantFrom(
    'staging',
    'staging',
    'development',
    'production',
  ),
  mood: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Mood>('honest') },
    { weight: 2, arbitrary: fc.constantFrom(...MOODS) },
  ),
  declared: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Lane>('execute') },
    { weight: 1, arbitrary: lane },
  ),
  promoted: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Lane>('execute') },
    { weight: 1, arbitrary: lane },
  ),
  tasks: fc.array(
    fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 }),
    { minLength: 1, maxLength: 2 },
  ),
  verdicts: fc.dictionary(
    fc.constantFrom(...NAMES),
    fc.constantFrom('allow', 'needs_review', 'silent', 'deny'),
    { maxKeys: 1, noNullPrototype: true },
  ),
  looks: fc.array(
    fc.constantFrom('truth', 'truth', 'truth', 'absent', 'unknown'),
    { maxLength: 8 },
  ),
  // Most lives come to an approval, or there would be little to see.
  actions: fc
    .tuple(
      fc.array(action, { maxLength: 3 }),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant([signature]) },
        { weight: 1, arbitrary: fc.constant([]) },
      ),
      fc.array(action, { maxLength: 5 }),
    )
    .map(([before, signed, after]) => [
      { do: 'drive' },
      ...before,
      ...signed,
      ...after,
    ]),
});
