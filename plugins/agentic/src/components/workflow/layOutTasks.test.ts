import { directDependencies, layOutTasks } from './layOutTasks';

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

describe('directDependencies', () => {
  const lines = (...tasks: ReturnType<typeof task>[]) =>
    directDependencies(tasks).map(({ from, to }) => `${from}>${to}`);

  it.each([
    {
      fact: 'leaves out what follows from others',
      tasks: [task('a'), task('b', 'a'), task('c', 'a', 'b')],
      expected: ['a>b', 'b>c'],
    },
    {
      fact: 'leaves out what follows over several steps',
      tasks: [
        task('a'),
        task('b', 'a'),
        task('c', 'b'),
        task('d', 'a', 'b', 'c'),
      ],
      expected: ['a>b', 'b>c', 'c>d'],
    },
    {
      fact: 'keeps both sides of a diamond',
      tasks: [task('a'), task('b', 'a'), task('c', 'a'), task('d', 'b', 'c')],
      expected: ['a>b', 'a>c', 'b>d', 'c>d'],
    },
    {
      fact: 'ignores unknown tasks',
      tasks: [task('a', 'ghost')],
      expected: [],
    },
    {
      fact: 'does not hang on a cycle',
      tasks: [task('a', 'b'), task('b', 'a')],
      expected: ['b>a', 'a>b'],
    },
  ])('$fact', ({ tasks, expected }) => {
    expect(lines(...tasks)).toEqual(expected);
  });
});
