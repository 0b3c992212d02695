import type {
  AddedTask,
  TaskSource,
} from '@agentic-backstage/plugin-agentic-node';
import { samplePlan } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { addTasks } from './addTasks';

const aTask = (change: Partial<AddedTask> = {}): AddedTask => ({
  agent: 'docs-review',
  title: 'Review the documentation',
  input: { sections: ['Run'] },
  after: ['codegen'],
  estimatedSeconds: 5,
  ...change,
});
const aSource = (
  tasksFor: TaskSource['tasksFor'],
  id = 'docs',
): TaskSource => ({ id, tasksFor });
const source = (...tasks: AddedTask[]) => aSource(() => tasks);

describe('addTasks', () => {
  it('leaves a plan alone to which nothing is added', () => {
    const plan = samplePlan();
    expect(addTasks(plan, [])).toEqual(plan);
    expect(addTasks(plan, [source()])).toEqual(plan);
  });

  it.each<[string, readonly string[], string[], number]>([
    ['nothing', [], [], 1],
    ['one agent', ['codegen'], ['t1'], 2],
    ['several agents', ['codegen', 'deployment'], ['t1', 't2'], 3],
    ['an agent without a task here', ['nobody'], [], 1],
  ])('lets a task wait for %s', (_, after, dependsOn, priority) => {
    const { tasks } = addTasks(samplePlan(), [source(aTask({ after }))]);
    expect(tasks.at(-1)).toMatchObject({ taskId: 't3', dependsOn, priority });
  });

  it('numbers the tasks, gives them a goal, and changes no other', () => {
    const plan = samplePlan();
    const more = addTasks(plan, [source(aTask(), aTask({ title: 'Again' }))]);
    expect(more.tasks.slice(0, 2)).toEqual(plan.tasks);
    expect(more.tasks.slice(2).map(({ taskId }) => taskId)).toEqual([
      't3',
      't4',
    ]);
    expect(more.goals.at(-1)).toMatchObject({
      id: 'added-docs',
      taskIds: ['t3', 't4'],
    });
    expect(more.tasks[2]).toMatchObject({
      goal: 'added-docs',
      input: { sections: ['Run'] },
      policy: { maxAttempts: 3, timeoutSeconds: 60 },
    });
    expect(more.stages.at(-1)?.details).toHaveLength(2);
  });

  it.each([
    [5, 20],
    [100, 110],
  ])('with a task of %d s takes %d s', (estimatedSeconds, whole) => {
    expect(
      addTasks(samplePlan(), [source(aTask({ estimatedSeconds }))])
        .estimatedSeconds,
    ).toBe(whole);
  });

  it('takes what a source says of how its task is tried', () => {
    const { tasks } = addTasks(samplePlan(), [
      source(aTask({ policy: { maxAttempts: 1 } })),
    ]);
    expect(tasks[2].policy).toMatchObject({
      maxAttempts: 1,
      timeoutSeconds: 60,
    });
  });

  it('shows a source what the one before it has added, and nothing that it could change', () => {
    const plan = samplePlan();
    const seen: string[] = [];
    addTasks(plan, [
      source(aTask()),
      aSource(draft => {
        seen.push(...draft.tasks.map(({ agent }) => agent));
        draft.tasks.length = 0;
        return [];
      }, 'vandal'),
    ]);
    expect(seen).toEqual(['codegen', 'deployment', 'docs-review']);
    expect(plan).toEqual(samplePlan());
  });

  it('makes no plan when a source fails, and says which', () => {
    const broken = aSource(() => {
      throw new Error('no idea');
    }, 'broken');
    expect(() => addTasks(samplePlan(), [broken])).toThrow(
      /'broken' failed.*no idea/,
    );
  });
});
