import { aChainedApproval } from '../../__fixtures__/sampleApprovals';
import { groupApprovals } from './groupApprovals';

const one = aChainedApproval({ approvalId: '1', workflowId: 'wf-1' });
const two = aChainedApproval({
  approvalId: '2',
  workflowId: 'wf-2',
  serviceName: 'billing',
  kind: 'destroy',
});
const three = aChainedApproval({ approvalId: '3', workflowId: 'wf-1' });

describe('groupApprovals', () => {
  it.each([
    ['none', [[undefined, ['1', '2', '3']]]],
    [
      'workflow',
      [
        ['orders-api to staging', ['1', '3']],
        ['billing to staging', ['2']],
      ],
    ],
    [
      'kind',
      [
        ['Destroys', ['2']],
        ['Creates', ['1', '3']],
      ],
    ],
  ] as const)('by %s', (grouping, expected) => {
    expect(
      groupApprovals([one, two, three], grouping).map(
        ({ title, approvals }) => [
          title,
          approvals.map(({ approvalId }) => approvalId),
        ],
      ),
    ).toEqual(expected);
  });
});
