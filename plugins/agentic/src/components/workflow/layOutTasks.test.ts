import { layOutTasks } from './layOutTasks';

const task = (taskId: string, ...dependsOn: string[]) => ({
  taskId,
  dependsOn,
});

function places(...tasks: ReturnType<typeof task>[]) {
  return Object.fromEntries(
    layOutTasks(tasks).map(({ taskId, column, row }) => [
      taskId,
      `${column}/${row}`,
    ]),
  );
}

describe('layOutTasks', () => {
  it.each([
    { fact: 'nothing', tasks: [], expected: {} },
    {
      fact: 'a chain',
      tasks: [task('a'), task('b', 'a'), task('c', 'b')],
      expected: { a: '0/0', b: '1/0', c: '2/0' },
    },
    {
      fact: 'a diamond',
      tasks: [task('a'), task('b', 'a'), task('c', 'a'), task('d', 'b', 'c')],
      expected: { a: '0/0', b: '1/0', c: '1/1', d: '2/0' },
    },
    {
      fact: 'a task that skips a column',
      tasks: [task('a'), task('b', 'a'), task('c', 'a', 'b')],
      expected: { a: '0/0', b: '1/0', c: '2/0' },
    },
    {
      fact: 'columns ordered like what they depend on',
      tasks: [task('a'), task('b'), task('x', 'b'), task('y', 'a')],
      expected: { a: '0/0', b: '0/1', y: '1/0', x: '1/1' },
    },
    {
      fact: 'an unknown dependency',
      tasks: [task('a', 'ghost')],
      expected: { a: '0/0' },
    },
  ])('places $fact', ({ tasks, expected }) => {
    expect(places(...tasks)).toEqual(expected);
  });

  it('places every task of a cycle without hanging', () => {
    const placed = places(task('a', 'b'), task('b', 'a'), task('c', 'c'));
    expect(Object.keys(placed).sort()).toEqual(['a', 'b', 'c']);
  });
});
