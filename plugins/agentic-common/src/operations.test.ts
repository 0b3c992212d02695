import { approvalKindOf, outcomeOf } from './operations';

const finding = (
  decision: 'note' | 'needs_person' | 'block',
  effectId?: string,
) => ({ rule: 'r', decision, reason: '', remedy: '', effectId });

describe('outcomeOf', () => {
  it.each([
    ['allow', [], 'allow'],
    ['allow', [finding('note')], 'allow'],
    ['allow', [finding('needs_person')], 'needs_review'],
    ['allow', [finding('needs_person', 'e1')], 'needs_review'],
    ['allow', [finding('needs_person', 'e2')], 'allow'],
    ['allow', [finding('block', 'e1')], 'deny'],
    ['allow', [finding('block', 'e2')], 'allow'],
    ['allow', undefined, 'needs_review'],
    ['needs_review', [], 'needs_review'],
    ['needs_review', [finding('block')], 'deny'],
    ['deny', [], 'deny'],
    ['deny', undefined, 'deny'],
  ] as const)('policy %s, critic %j: %s', (decision, findings, expected) => {
    const critic = findings && { findings: [...findings] };
    expect(outcomeOf('e1', { decision }, critic)).toBe(expected);
  });
});

describe('approvalKindOf', () => {
  const doing = (
    ...actions: Array<'create' | 'update' | 'delete' | 'none'>
  ) => ({
    changes: actions.map(action => ({ action, resource: 'x', detail: '' })),
  });

  it.each([
    ['nothing', [], 'none'],
    ['no change', [doing('none')], 'none'],
    ['only new things', [doing('create', 'none')], 'create'],
    ['something changed', [doing('create'), doing('update')], 'update'],
    [
      'something deleted',
      [doing('create', 'delete'), doing('update')],
      'destroy',
    ],
    [
      'a tool that calls itself destructive',
      [{ ...doing('create'), destructive: true }],
      'destroy',
    ],
  ])('%s', (_what, operations, kind) => {
    expect(approvalKindOf(operations)).toBe(kind);
  });
});
