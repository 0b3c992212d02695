import type { DecidedApproval } from '../database/DecidedApprovals';
import { decisionFigures, isBlind, quantile } from './decisionFigures';

const at = (seconds: number) =>
  new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();

/** A decision that was asked for at 0, seen at 10 with details at 20, and taken at 100. */
function decided(change: Partial<DecidedApproval> = {}): DecidedApproval {
  return {
    approver: 'user:default/ben',
    role: 'final',
    decision: 'approve',
    askedAt: at(0),
    seenAt: at(10),
    detailsSeenAt: at(20),
    decidedAt: at(100),
    ...change,
  };
}

describe('quantile', () => {
  it.each([
    [[], 0.5, undefined],
    [[7], 0.5, 7],
    [[7], 0.9, 7],
    [[3, 1, 2], 0.5, 2],
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 0.9, 9],
  ])('of %j at %d is %p', (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });
});

describe('isBlind', () => {
  it.each([
    ['seen with details and time to read', {}, false],
    ['never seen', { seenAt: undefined, detailsSeenAt: undefined }, true],
    ['details never seen', { detailsSeenAt: undefined }, true],
    ['details seen only afterwards', { detailsSeenAt: at(101) }, true],
    [
      'too soon after the first view',
      { decidedAt: at(19), detailsSeenAt: at(11) },
      true,
    ],
    [
      'just long enough after the first view',
      { decidedAt: at(20), detailsSeenAt: at(11) },
      false,
    ],
    [
      'a rejection without a look',
      { decision: 'reject', seenAt: undefined, detailsSeenAt: undefined },
      false,
    ],
  ] as Array<[string, Partial<DecidedApproval>, boolean]>)(
    '%s: %#',
    (_what, change, blind) => {
      expect(isBlind(decided(change), 10)).toBe(blind);
    },
  );
});

describe('decisionFigures', () => {
  it('counts nothing as nothing, without making up times or rates', () => {
    expect(decisionFigures([], 10)).toEqual({
      decisions: 0,
      approved: 0,
      rejected: 0,
      blindApprovals: 0,
    });
  });

  it('counts waiting from the request, looking from the first view, and blind among approvals only', () => {
    expect(
      decisionFigures(
        [
          decided(),
          decided({ decidedAt: at(40) }),
          decided({ decidedAt: at(15) }),
          decided({
            decision: 'reject',
            decidedAt: at(200),
            seenAt: undefined,
          }),
        ],
        10,
      ),
    ).toEqual({
      decisions: 4,
      approved: 3,
      rejected: 1,
      medianSecondsToDecide: 40,
      p90SecondsToDecide: 200,
      medianSecondsLookedAt: 30,
      blindApprovals: 1,
      blindRate: 1 / 3,
    });
  });
});
