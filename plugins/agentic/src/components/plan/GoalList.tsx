import type { Plan, PlanGoal } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';

function Goal(props: { goal: PlanGoal; plan: Plan; depth: number }) {
  const { goal, plan, depth } = props;
  const tasks = plan.tasks.filter(task => goal.taskIds.includes(task.taskId));
  const children = plan.goals.filter(child => goal.goals.includes(child.id));
  return (
    <li>
      <strong>{goal.title}</strong>
      <Box component="ul" sx={{ pl: 3, my: 0.5 }}>
        {tasks.map(task => (
          <li key={task.taskId}>
            {task.taskId} {task.title}
          </li>
        ))}
        {/* A goal that names itself through others must not hang the page. */}
        {depth < 6 &&
          children.map(child => (
            <Goal key={child.id} goal={child} plan={plan} depth={depth + 1} />
          ))}
      </Box>
    </li>
  );
}

/** The goals of a plan with their sub-goals and tasks. */
export function GoalList(props: { plan: Plan }) {
  const { plan } = props;
  const nested = new Set(plan.goals.flatMap(goal => goal.goals));
  const roots = plan.goals.filter(goal => !nested.has(goal.id));
  return (
    <Box component="ul" sx={{ pl: 2.5, m: 0 }}>
      {(roots.length > 0 ? roots : plan.goals).map(goal => (
        <Goal key={goal.id} goal={goal} plan={plan} depth={0} />
      ))}
    </Box>
  );
}
