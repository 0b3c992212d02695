/** What a template may show of a task, as plain JSON. */
export function taskLine(task: {
  taskId: string;
  agent: string;
  title: string;
  status: string;
}) {
  const { taskId, agent, title, status } = task;
  return { taskId, agent, title, status };
}
