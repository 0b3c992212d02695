import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import type { z } from 'zod';
import { RequestRefused } from '../service/RequestRefused';

/** Parses what a client sent, or refuses it naming every field that does not fit. */
export function parseOrRefuse<T>(
  schema: z.ZodType<T>,
  value: unknown,
  where = 'body',
): T {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  throw new RequestRefused(
    parsed.error.issues.flatMap(issue => toProblems(issue, where)),
  );
}

function toProblems(issue: z.core.$ZodIssue, where: string): Problem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      field: [...path, key].join('.').slice(0, 200),
      message: 'This field is not known.',
      remedy:
        'Leave it out, or check its spelling against the API description.',
    }));
  }
  return [
    {
      field: path.join('.') || where,
      message: `${issue.message}.`,
      remedy:
        'Send a value of the type the API description gives for this field.',
    },
  ];
}
