/** What the layout needs to know about a task. */
export interface TaskNode {
  readonly taskId: string;
  readonly dependsOn: readonly string[];
}

/** Where a task stands: its column counted by dependencies, and its place in the column. */
export interface PlacedTask {
  readonly taskId: string;
  readonly column: number;
  readonly row: number;
}

/**
 * Places every task right of all it depends on, each column ordered by where its dependencies stand,
 * so that lines seldom cross. Unknown dependencies are ignored and a cycle is cut where it is met.
 */
export function layOutTasks(tasks: readonly TaskNode[]): PlacedTask[] {
  const byId = new Map(tasks.map(task => [task.taskId, task]));
  const columns = new Map<string, number>();

  const columnOf = (task: TaskNode, path: ReadonlySet<string>): number => {
    const known = columns.get(task.taskId);
    if (known !== undefined) {
      return known;
    }
    const here = new Set(path).add(task.taskId);
    const before = task.dependsOn
      .filter(id => !here.has(id))
      .flatMap(id => byId.get(id) ?? [])
      .map(dependency => columnOf(dependency, here));
    const column = before.length === 0 ? 0 : Math.max(...before) + 1;
    columns.set(task.taskId, column);
    return column;
  };
  tasks.forEach(task => columnOf(task, new Set()));

  const rows = new Map<string, number>();
  const placed: PlacedTask[] = [];
  const width = Math.max(0, ...columns.values()) + 1;
  for (let column = 0; column < width; column += 1) {
    const members = tasks
      .filter(task => columns.get(task.taskId) === column)
      .map((task, order) => {
        const above = task.dependsOn.flatMap(id => rows.get(id) ?? []);
        const middle =
          above.length === 0
            ? order
            : above.reduce((sum, row) => sum + row, 0) / above.length;
        return { task, middle };
      })
      .sort((one, other) => one.middle - other.middle);
    members.forEach(({ task }, row) => {
      rows.set(task.taskId, row);
      placed.push({ taskId: task.taskId, column, row });
    });
  }
  return placed;
}

/** The dependencies worth a line: those that do not already follow from others. */
export function directDependencies(
  tasks: readonly TaskNode[],
): { readonly from: string; readonly to: string }[] {
  const byId = new Map(tasks.map(task => [task.taskId, task]));
  const allBefore = (id: string, seen = new Set<string>()): Set<string> => {
    for (const before of byId.get(id)?.dependsOn ?? []) {
      if (!seen.has(before)) {
        seen.add(before);
        allBefore(before, seen);
      }
    }
    return seen;
  };
  return tasks.flatMap(task =>
    task.dependsOn
      .filter(
        id =>
          byId.has(id) &&
          !task.dependsOn.some(
            other =>
              other !== id &&
              allBefore(other).has(id) &&
              // In a cycle each follows from the other; then both are drawn.
              !allBefore(id).has(other),
          ),
      )
      .map(from => ({ from, to: task.taskId })),
  );
}
