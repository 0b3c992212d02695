import type {
  Problem,
  WorkflowParameters,
} from '@agentic-backstage/plugin-agentic-common';

/** A field of the request as the form shows it. */
export interface FormField {
  readonly name: keyof WorkflowParameters;

  readonly kind: 'text' | 'number' | 'boolean';
}

/** The details a person may fill in beside the free text; what is filled in wins over the words. */
export const FORM_FIELDS: readonly FormField[] = [
  { name: 'serviceName', kind: 'text' },
  { name: 'owner', kind: 'text' },
  { name: 'language', kind: 'text' },
  { name: 'pattern', kind: 'text' },
  { name: 'database', kind: 'text' },
  { name: 'environment', kind: 'text' },
  { name: 'port', kind: 'number' },
  { name: 'monthlyBudget', kind: 'number' },
  { name: 'cloudProvider', kind: 'text' },
  { name: 'highAvailability', kind: 'boolean' },
];

/** The form as text by field name; booleans are `true` or `false`. */
export type FormValues = Readonly<Record<string, string>>;

function readValue(
  kind: FormField['kind'],
  text: string,
): string | number | boolean {
  if (kind === 'number') {
    return Number(text);
  }
  if (kind === 'boolean') {
    return ['true', 'yes'].includes(text.trim().toLowerCase());
  }
  return text.trim();
}

/** Turns the form into parameters; empty fields are left for the planner. */
export function toParameters(values: FormValues): WorkflowParameters {
  const filled = FORM_FIELDS.flatMap(({ name, kind }) => {
    const text = values[name] ?? '';
    return text.trim() === '' ? [] : [[name, readValue(kind, text)] as const];
  });
  return Object.fromEntries(filled);
}

/** Names a field as the form does; `parameters.port` and `port` are the same field. */
export function fieldName(path: string): string {
  return path.replace(/^\/?(body[./])?(parameters[./])?/, '');
}

/** Splits problems into those of a field of the form, by name, and all others. */
export function sortProblems(problems: readonly Problem[]): {
  byField: Readonly<Record<string, Problem>>;
  general: readonly Problem[];
} {
  const known = new Set<string>([
    'description',
    'changeReason',
    ...FORM_FIELDS.map(({ name }) => name),
  ]);
  const byField: Record<string, Problem> = {};
  const general: Problem[] = [];
  for (const problem of problems) {
    const name = fieldName(problem.field);
    if (known.has(name) && !byField[name]) {
      byField[name] = problem;
    } else {
      general.push(problem);
    }
  }
  return { byField, general };
}

/** A problem with its remedy as sentences, whether or not the message ends like one. */
export function problemText(problem: Problem): string {
  const message = problem.message.replace(/^\p{Ll}/u, first =>
    first.toLocaleUpperCase(),
  );
  const stop = /[.!?]$/.test(message) ? '' : '.';
  return `${message}${stop} ${problem.remedy}`.trim();
}
