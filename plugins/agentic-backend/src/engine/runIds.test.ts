import { parseWorkflowRunId, taskRunId, workflowRunId } from './runIds';

describe('run ids', () => {
  it.each([
    ['wf', 1],
    ['wf.g2', 13],
    ['0f8d06a0-1111-4222-8333-944444444444', 0],
  ])(
    'of workflow %s generation %i can be read back',
    (workflowId, generation) => {
      const run = { workflowId, generation };
      expect(parseWorkflowRunId(workflowRunId(run))).toEqual(run);
    },
  );

  it('of tasks begin with the id of the run they belong to', () => {
    const task = {
      workflowId: 'wf',
      generation: 2,
      taskId: 'deploy',
      attempt: 3,
    };
    expect(taskRunId(task)).toBe('wf.g2.deploy.3');
  });

  it.each(['', 'wf', 'wf.g', '.g1', 'wf.gx'])('reads nothing out of %j', id => {
    expect(parseWorkflowRunId(id)).toBeUndefined();
  });
});
