import type { PathStep, Resource } from '../../documents/Resource';
import { isList, isObject } from '../../documents/Value';
import type { Value, ValueObject } from '../../documents/Value';
import type { CheckFinding, PolicyRule } from '../../rules/PolicyRule';
import { parseImageName } from '../imageName';

const PINNED = /@[a-f0-9]{40}$|@sha256:[a-f0-9]{64}$/;
// What anybody who opens an issue or a pull request can write.
const FOREIGN_TEXT =
  /\$\{\{[^}]*github\.(?:event\.(?:issue|pull_request|comment|review|review_comment|discussion|head_commit|commits|pages|workflow_run)[\w.*[\]]*\.(?:title|body|message|email|name|label|default_branch|page_name|ref|head_branch)|head_ref)\b[^}]*\}\}/;

function jobsOf(
  resource: Resource,
): { job: ValueObject; path: readonly PathStep[] }[] {
  const { jobs } = resource.attributes;
  return Object.entries(isObject(jobs) ? jobs : {}).flatMap(([name, job]) =>
    isObject(job) ? [{ job, path: ['jobs', name] }] : [],
  );
}

function stepsOf(
  resource: Resource,
): { step: ValueObject; path: readonly PathStep[] }[] {
  return jobsOf(resource).flatMap(({ job, path }) =>
    (isList(job.steps) ? job.steps : []).flatMap((step, index) =>
      isObject(step) ? [{ step, path: [...path, 'steps', index] }] : [],
    ),
  );
}

function usedActions(
  resource: Resource,
): { uses: string; path: readonly PathStep[] }[] {
  return [
    ...stepsOf(resource).map(({ step, path }) => ({ uses: step.uses, path })),
    ...jobsOf(resource).map(({ job, path }) => ({ uses: job.uses, path })),
  ].flatMap(({ uses, path }) =>
    typeof uses === 'string' ? [{ uses, path: [...path, 'uses'] }] : [],
  );
}

function triggers(resource: Resource): string[] {
  // `on` is read as true by readers of YAML 1.1.
  const on = resource.attributes.on ?? resource.attributes.true;
  if (isList(on)) {
    return on.map(String);
  }
  return isObject(on) ? Object.keys(on) : [String(on ?? '')];
}

function imagesOf(
  value: Value | undefined,
  path: readonly PathStep[],
): { image: string; path: readonly PathStep[] }[] {
  const image = isObject(value) ? value.name : value;
  return typeof image === 'string' && !image.includes('$')
    ? [{ image, path }]
    : [];
}

function gitlabImages(
  resource: Resource,
): { image: string; path: readonly PathStep[] }[] {
  const { image, default: preset, ...jobs } = resource.attributes;
  return [
    ...imagesOf(image, ['image']),
    ...imagesOf(isObject(preset) ? preset.image : undefined, [
      'default',
      'image',
    ]),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      isObject(job) ? imagesOf(job.image, [name, 'image']) : [],
    ),
  ];
}

const finding = (
  resource: Resource,
  path: readonly PathStep[],
  message: string,
): CheckFinding => ({ line: resource.lineOf(path), message });

/** Rules about pipelines of GitHub and GitLab. */
export const PIPELINE_RULES: readonly PolicyRule[] = [
  {
    id: 'pipeline-pinned-actions',
    category: 'pipeline-security',
    severity: 'low',
    topics: ['supply-chain'],
    title: 'Actions of others are pinned to a commit',
    remedy: 'Write the full hash of the commit behind @',
    checks: [
      {
        platform: 'github-actions',
        find: resource =>
          usedActions(resource)
            .filter(
              ({ uses }) =>
                !uses.startsWith('./') &&
                !uses.startsWith('actions/') &&
                !uses.startsWith('github/') &&
                !PINNED.test(uses),
            )
            .map(({ uses, path }) =>
              finding(resource, path, `${uses} can change without notice`),
            ),
      },
    ],
  },
  {
    id: 'pipeline-script-injection',
    category: 'pipeline-security',
    severity: 'critical',
    topics: ['injection'],
    title: 'Scripts hold no text of strangers',
    remedy: 'Give the text to the script as an environment variable',
    checks: [
      {
        platform: 'github-actions',
        find: resource =>
          stepsOf(resource)
            .filter(
              ({ step }) =>
                FOREIGN_TEXT.test(String(step.run ?? '')) ||
                FOREIGN_TEXT.test(
                  String(isObject(step.with) ? step.with.script ?? '' : ''),
                ),
            )
            .map(({ path }) =>
              finding(
                resource,
                path,
                'A stranger can put commands into this script',
              ),
            ),
      },
    ],
  },
  {
    id: 'pipeline-untrusted-checkout',
    category: 'pipeline-security',
    severity: 'critical',
    topics: ['injection'],
    title: 'Code of strangers does not run with the rights of the repository',
    remedy: 'Use the trigger pull_request, or do not check the head out',
    checks: [
      {
        platform: 'github-actions',
        find: resource =>
          triggers(resource).some(
            name => name === 'pull_request_target' || name === 'workflow_run',
          )
            ? stepsOf(resource)
                .filter(
                  ({ step }) =>
                    String(step.uses ?? '').startsWith('actions/checkout@') &&
                    /github\.(?:event\.pull_request\.head|head_ref|event\.workflow_run\.head)/.test(
                      String(isObject(step.with) ? step.with.ref ?? '' : ''),
                    ),
                )
                .map(({ path }) =>
                  finding(
                    resource,
                    path,
                    'This checks out what a stranger wrote, with secrets at hand',
                  ),
                )
            : [],
      },
    ],
  },
  {
    id: 'pipeline-permissions',
    category: 'pipeline-security',
    severity: 'medium',
    topics: ['permissions'],
    title: 'Pipelines say which rights they need',
    remedy:
      'Add permissions: contents: read to the workflow, and more to the jobs that need it',
    checks: [
      {
        platform: 'github-actions',
        find: resource => {
          const { permissions } = resource.attributes;
          const jobs = jobsOf(resource);
          const unsaid =
            permissions === undefined &&
            jobs.some(({ job }) => job.permissions === undefined);
          const all =
            permissions === 'write-all' ||
            jobs.some(({ job }) => job.permissions === 'write-all');
          return unsaid || all
            ? [
                finding(
                  resource,
                  ['permissions'],
                  all
                    ? 'The pipeline takes every right'
                    : 'The pipeline takes whatever rights the repository gives',
                ),
              ]
            : [];
        },
      },
    ],
  },
  {
    id: 'pipeline-image-tag',
    category: 'pipeline-security',
    severity: 'medium',
    topics: ['supply-chain'],
    title: 'Jobs run in images of a fixed version',
    remedy: 'Write a version, or better a digest, behind the name of the image',
    checks: [
      {
        platform: 'gitlab-ci',
        find: resource =>
          gitlabImages(resource)
            .filter(({ image }) => {
              const { tag, digest } = parseImageName(image);
              return (
                digest === undefined && (tag === undefined || tag === 'latest')
              );
            })
            .map(({ image, path }) =>
              finding(resource, path, `${image} is no fixed version`),
            ),
      },
    ],
  },
];
