import { z } from 'zod';

const lines = z.union([
  z.string(),
  z.array(z.union([z.string(), z.array(z.string())])),
]);
const loose = z.looseObject({});
const list = z.union([z.string(), z.array(z.string())]);
const variables = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), loose]),
);
const image = z.union([z.string(), z.looseObject({ name: z.string() })]);
const services = z.array(
  z.union([z.string(), z.looseObject({ name: z.string() })]),
);
const rules = z.array(
  z.union([
    z.array(z.unknown()),
    z
      .object({
        if: z.string(),
        changes: z.unknown(),
        exists: z.unknown(),
        when: z.enum([
          'on_success',
          'on_failure',
          'always',
          'never',
          'manual',
          'delayed',
        ]),
        allow_failure: z.unknown(),
        variables,
        needs: z.unknown(),
        start_in: z.string(),
        interruptible: z.boolean(),
        auto_cancel: z.unknown(),
      })
      .partial()
      .strict(),
  ]),
);
const need = z.union([
  z.string(),
  z.looseObject({ job: z.string().optional() }),
]);

const JOB_FIELDS = {
  after_script: lines,
  allow_failure: z.union([z.boolean(), loose]),
  artifacts: loose,
  before_script: lines,
  cache: z.union([loose, z.array(loose)]),
  coverage: z.string(),
  dast_configuration: loose,
  dependencies: z.array(z.string()),
  environment: z.union([z.string(), loose]),
  except: z.unknown(),
  extends: list,
  hooks: loose,
  id_tokens: loose,
  identity: z.string(),
  image,
  inherit: loose,
  interruptible: z.boolean(),
  manual_confirmation: z.string(),
  needs: z.array(need),
  only: z.unknown(),
  pages: z.unknown(),
  parallel: z.union([z.number(), loose]),
  release: loose,
  resource_group: z.string(),
  retry: z.union([z.number().int().min(0).max(2), loose]),
  rules,
  run: z.array(loose),
  script: lines,
  secrets: loose,
  services,
  stage: z.string(),
  start_in: z.string(),
  tags: z.array(z.string()),
  timeout: z.string(),
  trigger: z.union([z.string(), loose]),
  variables,
  when: z.enum([
    'on_success',
    'on_failure',
    'always',
    'never',
    'manual',
    'delayed',
  ]),
} as const;

/** A job: every keyword GitLab documents for jobs, and no other. */
export const GitlabJob = z.object(JOB_FIELDS).partial().strict();

/** The keys of a pipeline that are not jobs. */
export const PIPELINE_KEYS: ReadonlySet<string> = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'pages',
  'services',
  'spec',
  'stages',
  'variables',
  'workflow',
]);

/** The top of a pipeline; the jobs in it are checked one by one. */
export const GitlabPipeline = z.looseObject({
  default: z.object(JOB_FIELDS).partial().strict().optional(),
  include: z.unknown().optional(),
  image: image.optional(),
  services: services.optional(),
  stages: z.array(z.string()).min(1).optional(),
  variables: variables.optional(),
  workflow: z
    .object({
      name: z.string(),
      rules,
      auto_cancel: loose,
    })
    .partial()
    .strict()
    .optional(),
});
