import type {
  ChangeLaneRequest,
  Lane,
  LaneEvidence,
} from '@agentic-backstage/plugin-agentic-common';
import { checkLaneChange, nextLane } from './checkLaneChange';

const seen = (...workflows: string[]) => ({
  evidence: { seen: 'Its dry runs were right', workflows },
});
const found = (
  workflowId: string,
  dryRuns: number,
): LaneEvidence['workflows'][number] => ({ workflowId, dryRuns, denied: 0 });

describe('checkLaneChange', () => {
  it.each<
    [
      string,
      { declared: Lane; promoted: Lane },
      Lane,
      Partial<ChangeLaneRequest>,
      LaneEvidence['workflows'],
      string | undefined,
    ]
  >([
    // what, the agent, the wish, its evidence, what is on record, the problem
    [
      'one rung up with words',
      { declared: 'execute', promoted: 'read_only' },
      'dry_run',
      seen(),
      [],
      undefined,
    ],
    [
      'one rung up without evidence',
      { declared: 'execute', promoted: 'read_only' },
      'dry_run',
      {},
      [],
      'A promotion needs evidence',
    ],
    [
      'two rungs at once',
      { declared: 'execute', promoted: 'read_only' },
      'execute',
      seen('wf-1'),
      [found('wf-1', 3)],
      'cannot be promoted to execute',
    ],
    [
      'above what it declares',
      { declared: 'dry_run', promoted: 'dry_run' },
      'execute',
      seen('wf-1'),
      [found('wf-1', 3)],
      'declares at most dry_run',
    ],
    [
      'to execute with dry runs on record',
      { declared: 'execute', promoted: 'dry_run' },
      'execute',
      seen('wf-1'),
      [found('wf-1', 1)],
      undefined,
    ],
    [
      'to execute with words only',
      { declared: 'execute', promoted: 'dry_run' },
      'execute',
      seen(),
      [],
      'No dry run',
    ],
    [
      'to execute with a workflow in which it did nothing',
      { declared: 'execute', promoted: 'dry_run' },
      'execute',
      seen('wf-1'),
      [found('wf-1', 0)],
      'No dry run',
    ],
    [
      'with a workflow it has no task in',
      { declared: 'execute', promoted: 'dry_run' },
      'execute',
      seen('wf-1', 'wf-2'),
      [found('wf-1', 1)],
      "no task in a workflow 'wf-2'",
    ],
    [
      'down without evidence',
      { declared: 'execute', promoted: 'execute' },
      'read_only',
      {},
      [],
      undefined,
    ],
    [
      'to where it is',
      { declared: 'execute', promoted: 'dry_run' },
      'dry_run',
      seen(),
      [],
      'is in lane dry_run already',
    ],
  ])('%s', (_what, agent, lane, wish, record, problem) => {
    const problems = checkLaneChange(
      { agent: 'maker', ...agent },
      { lane, reason: 'r', after: 0, ...wish },
      record,
    );
    expect(problems).toHaveLength(problem ? 1 : 0);
    expect(problems.map(({ message }) => message).join()).toContain(
      problem ?? '',
    );
    for (const { remedy } of problems) expect(remedy).toMatch(/\.$/);
  });

  it.each<[Lane, Lane, Lane | undefined]>([
    ['execute', 'read_only', 'dry_run'],
    ['execute', 'dry_run', 'execute'],
    ['execute', 'execute', undefined],
    ['dry_run', 'dry_run', undefined],
    ['read_only', 'read_only', undefined],
  ])('an agent that declares %s and is in %s can go to %s', (d, p, next) => {
    expect(nextLane(d, p)).toBe(next);
  });
});
