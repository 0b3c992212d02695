import { z } from 'zod';
import type { Plan, PlannedTask } from './plan';

/** One value that is not what it was. Values are shown as text; an absent one has no text. */
export const FieldChange = z.object({
  field: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type FieldChange = z.infer<typeof FieldChange>;

const TaskName = z.object({
  taskId: z.string(),
  agent: z.string(),
  title: z.string(),
});

/** What differs between two versions of a plan, in the terms of its readers. */
export const PlanDifference = z.object({
  /** What was asked for: name, environment, database and so on. */
  intent: z.array(FieldChange),
  tasksAdded: z.array(TaskName),
  tasksRemoved: z.array(TaskName),
  tasksChanged: z.array(
    z.object({
      taskId: z.string(),
      title: z.string(),
      fields: z.array(FieldChange),
    }),
  ),
  /** Cost and duration. */
  estimates: z.array(FieldChange),
  risksAdded: z.array(z.string()),
  risksRemoved: z.array(z.string()),
  checks: z.array(FieldChange),
});
export type PlanDifference = z.infer<typeof PlanDifference>;

type Fields = Readonly<Record<string, unknown>>;

/** Text that is the same for the same value, whatever the order of its keys. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') {
    return value;
  }
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}

/** The fields that are not what they were, by name. */
export function fieldChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  const fields = [
    ...new Set([...Object.keys(before), ...Object.keys(after)]),
  ].sort();
  return fields.flatMap(field => {
    const was = textOf(before[field]);
    const is = textOf(after[field]);
    return was === is
      ? []
      : [
          {
            field,
            ...(was !== undefined && { before: was }),
            ...(is !== undefined && { after: is }),
          },
        ];
  });
}

function nameOf({
  taskId,
  agent,
  title,
}: PlannedTask): z.infer<typeof TaskName> {
  return { taskId, agent, title };
}

function fieldsOf({ input, policy, taskId: _, ...task }: PlannedTask): Fields {
  const flat = (prefix: string, fields: Fields) =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`${prefix}.${key}`, value]),
    );
  return { ...task, ...flat('input', input), ...flat('policy', policy) };
}

function estimatesOf({ estimatedCost, estimatedSeconds }: Plan): Fields {
  const { status, monthly, currency } = estimatedCost;
  return {
    cost:
      monthly === undefined
        ? status
        : `${monthly.toFixed(2)} ${currency} a month (${status})`,
    seconds: estimatedSeconds,
  };
}

/** What is asked for, without where each value came from. */
function askedOf({
  template,
  intent,
}: Pick<Plan, 'template' | 'intent'>): Fields {
  const { origins, words, ...fields } = intent;
  return { template, ...fields };
}

/** What was asked for and is not what it was: template, name, environment, database and so on. */
export function askedChanges(
  before: Pick<Plan, 'template' | 'intent'>,
  after: Pick<Plan, 'template' | 'intent'>,
): FieldChange[] {
  return fieldChanges(askedOf(before), askedOf(after));
}

/**
 * Says what differs between two plans. Tasks are known again by their id. The same plans give a
 * difference without any entry; see {@link planDiffers}.
 */
export function planDifference(before: Plan, after: Plan): PlanDifference {
  const earlier = new Map(before.tasks.map(task => [task.taskId, task]));
  const later = new Map(after.tasks.map(task => [task.taskId, task]));
  const risk = ({ title, severity, likelihood }: Plan['risks'][number]) =>
    `${title} (${severity}, likelihood ${likelihood})`;
  const risksBefore = before.risks.map(risk);
  const risksAfter = after.risks.map(risk);
  const checks = ({ preChecks }: Plan) =>
    Object.fromEntries(
      preChecks.map(({ id, result, evidence }) => [
        id,
        `${result}: ${evidence}`,
      ]),
    );
  return {
    intent: askedChanges(before, after),
    tasksAdded: after.tasks
      .filter(({ taskId }) => !earlier.has(taskId))
      .map(nameOf),
    tasksRemoved: before.tasks
      .filter(({ taskId }) => !later.has(taskId))
      .map(nameOf),
    tasksChanged: after.tasks.flatMap(task => {
      const was = earlier.get(task.taskId);
      const fields = was ? fieldChanges(fieldsOf(was), fieldsOf(task)) : [];
      return fields.length > 0
        ? [{ taskId: task.taskId, title: task.title, fields }]
        : [];
    }),
    estimates: fieldChanges(estimatesOf(before), estimatesOf(after)),
    risksAdded: risksAfter.filter(each => !risksBefore.includes(each)),
    risksRemoved: risksBefore.filter(each => !risksAfter.includes(each)),
    checks: fieldChanges(checks(before), checks(after)),
  };
}

/** Says whether a difference has anything in it. */
export function planDiffers(difference: PlanDifference): boolean {
  return Object.values(difference).some(entries => entries.length > 0);
}
