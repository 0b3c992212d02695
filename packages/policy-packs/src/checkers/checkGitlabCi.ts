import { z } from 'zod';
import type { Checker, FileViolation } from '../FileCheck';
import { schemaViolations } from '../yaml/schemaViolations';
import { type YamlDocument, parseYamlSource } from '../yaml/YamlSource';
import { GitlabJob, GitlabPipeline, PIPELINE_KEYS } from './gitlabCiSchema';

const RULE = 'gitlab-ci/structure';
const DEFAULT_STAGES = ['build', 'test', 'deploy'];
const NOT_COVERED =
  'Checked by our own table of GitLab keywords; only a GitLab server resolves includes, variables and rules';

type Jobs = readonly (readonly [string, z.infer<typeof GitlabJob>])[];

function jobsOf(pipeline: Record<string, unknown>): [string, unknown][] {
  return Object.entries(pipeline).filter(([key]) => !PIPELINE_KEYS.has(key));
}

function graphViolations(
  jobs: Jobs,
  stages: readonly string[],
  document: YamlDocument,
): FileViolation[] {
  const names = new Set(jobs.map(([name]) => name));
  const visible = jobs.filter(([name]) => !name.startsWith('.'));
  const violation = (
    message: string,
    path: readonly string[],
  ): FileViolation => ({
    rule: RULE,
    severity: 'high',
    message,
    line: document.lineOf(path),
  });
  return visible.flatMap(([name, job]) => [
    ...(job.stage === undefined || stages.includes(job.stage)
      ? []
      : [
          violation(`Job '${name}' names the unknown stage '${job.stage}'`, [
            name,
            'stage',
          ]),
        ]),
    ...(job.needs ?? [])
      .map(need => (typeof need === 'string' ? need : need.job))
      .filter(need => need !== undefined && !names.has(need))
      .map(need =>
        violation(`Job '${name}' needs '${need}', which is no job here`, [
          name,
          'needs',
        ]),
      ),
    ...[job.extends ?? []]
      .flat()
      .filter(parent => !names.has(parent))
      .map(parent =>
        violation(`Job '${name}' extends '${parent}', which is not here`, [
          name,
          'extends',
        ]),
      ),
    ...(job.script || job.trigger || job.extends || job.run
      ? []
      : [violation(`Job '${name}' has no script and no trigger`, [name])]),
  ]);
}

function misnamedJobs(document: YamlDocument): FileViolation[] {
  return Object.entries(document.value ?? {})
    .filter(
      ([key, value]) =>
        key !== 'pages' &&
        PIPELINE_KEYS.has(key) &&
        typeof value === 'object' &&
        value !== null &&
        'script' in value,
    )
    .map(([key]) => ({
      rule: RULE,
      severity: 'high',
      message: `'${key}' is a keyword of GitLab and cannot be the name of a job`,
      line: document.lineOf([key]),
      remedy: 'Rename the job',
    }));
}

function checkPipeline(document: YamlDocument): FileViolation[] {
  const misnamed = misnamedJobs(document);
  const top =
    misnamed.length > 0
      ? misnamed
      : schemaViolations(document, GitlabPipeline, RULE);
  if (top.length > 0) {
    return top;
  }
  const pipeline = document.value as Record<string, unknown>;
  const jobs = jobsOf(pipeline);
  const jobViolations = jobs.flatMap(([name, job]) =>
    schemaViolations(
      { value: job, lineOf: path => document.lineOf([name, ...path]) },
      GitlabJob,
      RULE,
    ).map(found => ({ ...found, message: `Job '${name}': ${found.message}` })),
  );
  if (jobViolations.length > 0 || pipeline.include !== undefined) {
    return jobViolations;
  }
  if (!jobs.some(([name]) => !name.startsWith('.'))) {
    return [
      { rule: RULE, severity: 'high', message: 'There is no job', line: 1 },
    ];
  }
  const stages = (pipeline.stages as string[] | undefined) ?? DEFAULT_STAGES;
  return graphViolations(
    jobs as unknown as Jobs,
    ['.pre', ...stages, '.post'],
    document,
  );
}

/** Checks the keywords, stages and job graph of a GitLab pipeline. That is structure, not GitLab's own lint. */
export const checkGitlabCi: Checker = async ({ content }) => {
  const { documents, violations } = parseYamlSource(content, 'gitlab-ci');
  const pipeline = documents.at(-1);
  const found = pipeline ? checkPipeline(pipeline) : [];
  return { violations: [...violations, ...found], notCovered: NOT_COVERED };
};
