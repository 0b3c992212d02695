import { z } from 'zod';
import { findTemplate, listTemplates } from './templates';
import { ServiceSpec, SpecProblem } from './types';

/** The outcome of checking a spec: usable, or every problem with its remedy. */
export type SpecCheck =
  | { readonly ok: true; readonly spec: ServiceSpec }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

const environments = ['development', 'staging', 'production'] as const;
// Line breaks and tabs are text; other control characters and halves of characters are not.
const unusable = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

const Spec = z.strictObject({
  name: z
    .string()
    .min(3)
    .max(40)
    .regex(/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/)
    // Plain YAML would read these as something else than a name.
    .refine(name => !['true', 'false', 'yes', 'off', 'null'].includes(name)),
  description: z
    .string()
    .max(1000)
    .refine(text => !unusable.test(text)),
  owner: z
    .string()
    .max(200)
    .regex(
      /^(?:(?:group|user):)?(?:[a-z0-9][a-z0-9-]{0,62}\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/i,
    ),
  language: z.string(),
  pattern: z.string(),
  database: z.string(),
  environment: z.enum(environments),
  port: z.number().int().min(1024).max(65535).default(8080),
  repositoryUrl: z
    .string()
    .max(500)
    .regex(/^https?:\/\/[\x21-\x7e]+$/)
    .refine(hasNoCredentials)
    .optional(),
  highAvailability: z.boolean().optional(),
});

const remedies: Readonly<Record<string, string>> = {
  name: 'use 3 to 40 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, for example user-service',
  description: 'use up to 1000 characters of text without control characters',
  owner: 'use an entity reference, for example group:default/team-a',
  environment: `choose one of ${environments.join(', ')}`,
  port: 'use a whole number from 1024 to 65535, because the service does not run as root',
  repositoryUrl: 'use an http or https address without user name and password',
  highAvailability: 'use true or false',
};

/** Checks a spec from outside; names every wrong field and what to do about it. */
export function validateServiceSpec(spec: unknown): SpecCheck {
  const result = Spec.safeParse(spec);
  if (!result.success) {
    const problems = result.error.issues.flatMap(toProblems);
    const seen = new Set<string>();
    return {
      ok: false,
      problems: problems.filter(
        ({ field }) => !seen.has(field) && seen.add(field),
      ),
    };
  }
  const { repositoryUrl, highAvailability, ...rest } = result.data;
  const usable: ServiceSpec = {
    ...rest,
    ...(repositoryUrl === undefined ? {} : { repositoryUrl }),
    ...(highAvailability === undefined ? {} : { highAvailability }),
  };
  const unsupported = unsupportedChoice(usable);
  return unsupported
    ? { ok: false, problems: [unsupported] }
    : { ok: true, spec: usable };
}

function toProblems(issue: z.core.$ZodIssue): SpecProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(field => ({
      field: field.slice(0, 100),
      message: 'is not a field of a service',
      remedy: `leave it out; the fields are ${Object.keys(Spec.shape).join(
        ', ',
      )}`,
    }));
  }
  const field = issue.path.map(String).join('.') || 'spec';
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [
    {
      field,
      message: missing ? 'is missing' : 'is not usable',
      remedy: remedies[field] ?? `give a text for ${field}`,
    },
  ];
}

function unsupportedChoice(spec: ServiceSpec): SpecProblem | undefined {
  if (findTemplate(spec)) {
    return undefined;
  }
  const all = listTemplates();
  const sameLanguage = all.filter(each => each.language === spec.language);
  if (sameLanguage.length === 0) {
    return refusal(
      'language',
      all.map(each => each.language),
    );
  }
  const samePattern = sameLanguage.filter(
    each => each.pattern === spec.pattern,
  );
  return samePattern.length === 0
    ? refusal(
        'pattern',
        sameLanguage.map(each => each.pattern),
      )
    : refusal(
        'database',
        samePattern.flatMap(each => [...each.databases]),
      );
}

function refusal(field: string, choices: readonly string[]): SpecProblem {
  return {
    field,
    message: 'has no template yet',
    remedy: `choose one of ${[...new Set(choices)].join(', ')}`,
  };
}

function hasNoCredentials(address: string): boolean {
  try {
    const { username, password } = new URL(address);
    return username === '' && password === '';
  } catch {
    return false;
  }
}
