import { IncidentStatus } from '@agentic-backstage/plugin-agentic-common';
import { reasonNotToMove, type IncidentMove } from './incidentMoves';

describe('reasonNotToMove', () => {
  it.each<[IncidentMove, readonly IncidentStatus[]]>([
    ['acknowledge', ['open']],
    ['assign', ['open', 'acknowledged', 'mitigated']],
    ['comment', ['open', 'acknowledged', 'mitigated', 'resolved']],
    ['mitigate', ['open', 'acknowledged']],
    ['resolve', ['open', 'acknowledged', 'mitigated']],
  ])('lets people %s from %j only', (move, from) => {
    expect(
      IncidentStatus.options.filter(
        status => reasonNotToMove(move, { status }) === undefined,
      ),
    ).toEqual(from);
  });

  it('names who was faster', () => {
    expect(
      reasonNotToMove('acknowledge', {
        status: 'acknowledged',
        acknowledgedBy: 'user:default/ada',
      }),
    ).toMatch(/is acknowledged already \(by user:default\/ada\)/);
    expect(
      reasonNotToMove('resolve', {
        status: 'resolved',
        acknowledgedBy: 'user:default/ada',
        resolvedBy: 'user:default/ben',
      }),
    ).toMatch(/by user:default\/ben/);
  });
});
