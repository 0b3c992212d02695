import {
  createCriticRule,
  type CriticObjection,
  type CriticSubject,
} from '@agentic-backstage/plugin-agentic-node';
import {
  aCriticArtifact,
  aCriticEffect,
  aCriticSubject,
  aCriticVerdict,
} from '../../__testUtils__/criticSubject';
import { reviewSubject, subjectDigestOf } from './reviewSubject';

const objection = (decision: CriticObjection['decision']): CriticObjection => ({
  decision,
  reason: 'because',
  remedy: 'do',
});
const rule = (id: string, ...decisions: CriticObjection['decision'][]) =>
  createCriticRule({ id, title: id, review: () => decisions.map(objection) });

describe('reviewSubject', () => {
  it.each([
    [[], 'approve'],
    [[[]], 'approve'],
    [[['note'], []], 'approve'],
    [[['note'], ['needs_person']], 'needs_person'],
    [[['needs_person'], ['block'], []], 'block'],
    [[['block'], ['note'], ['needs_person']], 'block'],
  ] as const)('makes of %j the strictest: %s', async (said, decision) => {
    const rules = said.map((decisions, index) =>
      rule(
        `a.r${index}`.replace(/\d/, n => 'abc'[Number(n)]),
        ...decisions,
      ),
    );
    const review = await reviewSubject(rules, aCriticSubject());
    expect(review.decision).toBe(decision);
    expect(review.rules).toEqual(rules.map(({ id }) => id));
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('out of order');
      },
      'out of order',
    ],
    ['never answers', () => new Promise<never>(() => {}), 'no answer within'],
    [
      'answers with a decision that does not exist',
      async () => JSON.parse('[{"decision":"allow","reason":"","remedy":""}]'),
      'could not be asked',
    ],
  ])('asks for a person when a rule %s', async (_what, review, reason) => {
    const broken = createCriticRule({ id: 'a.broken', title: '', review });
    const answer = await reviewSubject([broken], aCriticSubject(), 20);
    expect(answer).toMatchObject({
      decision: 'needs_person',
      findings: [{ rule: 'a.broken', reason: expect.stringContaining(reason) }],
    });
  });

  it('takes secrets out of what rules say', async () => {
    const leaky = createCriticRule({
      id: 'a.leaky',
      title: '',
      review: () => [
        { decision: 'note', reason: 'password=hunter2hunter2', remedy: '' },
      ],
    });
    const { findings } = await reviewSubject([leaky], aCriticSubject());
    expect(findings[0].reason).not.toContain('hunter2');
  });

  it('refuses a rule whose id is malformed', () => {
    expect(() => rule('Nope')).toThrow('area.rule');
  });
});

describe('subjectDigestOf', () => {
  const subject = aCriticSubject();
  const digest = subjectDigestOf(subject);
  const effect = aCriticEffect();

  it('is the same for the same subject', () => {
    expect(subjectDigestOf({ ...subject, effects: [aCriticEffect()] })).toBe(
      digest,
    );
  });

  it.each<[string, Partial<CriticSubject>]>([
    ['the output', { output: { did: 'other' } }],
    ['the artifacts', { artifacts: [aCriticArtifact('a')] }],
    ['the stage', { stage: 'output' }],
    ['the environment', { environment: 'production' }],
    ['the plan', { plan: { ...subject.plan, planHash: '0'.repeat(64) } }],
    ['the agent’s version', { agent: { ...subject.agent, version: '2.0.0' } }],
    ['an effect less', { effects: [] }],
    ['a parameter', { effects: [{ ...effect, params: { name: 'x' } }] }],
    [
      'a dry run',
      { effects: [{ ...effect, dryRun: { ...effect.dryRun, summary: 'x' } }] },
    ],
    [
      'a verdict of policy',
      {
        effects: [
          { ...effect, verdict: { ...effect.verdict, decision: 'deny' } },
        ],
      },
    ],
    ['the way back', { effects: [{ ...effect, rollbackStrategy: 'none' }] }],
    ['an earlier verdict', { earlier: [aCriticVerdict()] }],
  ])('is another for another of %s', (_what, change) => {
    expect(subjectDigestOf({ ...subject, ...change })).not.toBe(digest);
  });
});
