import { PolicyRequestError } from '../PolicyRequestError';
import { z } from 'zod';
import type { SourceFile } from '../FileCheck';
import type { Unchecked } from '../documents/Resource';
import type { ValueObject } from '../documents/Value';
import { POLICY_PACKS } from '../packs/policyPacks';
import type { PolicyPack } from '../packs/policyPacks';
import type { PolicyRule, PolicySeverity } from '../rules/PolicyRule';
import { findChartRoots } from '../files/detectFormat';
import { evaluateRules } from './evaluateRules';
import type { PolicyViolation, Undecided } from './evaluateRules';
import { documentTypeOf, readDocuments } from './readDocuments';

/** The kinds of documents that rules are held against. */
export type DocumentType =
  | 'terraform'
  | 'terraform-json'
  | 'helm-template'
  | 'terraform-plan'
  | 'cloudformation'
  | 'kubernetes'
  | 'dockerfile'
  | 'github-actions'
  | 'gitlab-ci'
  | 'file';

const TYPES: Readonly<Record<string, DocumentType | 'files'>> = {
  terraform: 'terraform',
  hcl: 'terraform',
  'terraform-plan': 'terraform-plan',
  cloudformation: 'cloudformation',
  kubernetes: 'kubernetes',
  'k8s-manifest': 'kubernetes',
  dockerfile: 'dockerfile',
  'github-actions': 'github-actions',
  'gitlab-ci': 'gitlab-ci',
  file: 'file',
  secret: 'file',
  files: 'files',
};

const NAMES: Readonly<Record<DocumentType, string>> = {
  terraform: 'main.tf',
  'terraform-json': 'main.tf.json',
  'helm-template': 'templates/template.yaml',
  'terraform-plan': 'plan.json',
  cloudformation: 'template.yaml',
  kubernetes: 'manifest.yaml',
  dockerfile: 'Dockerfile',
  'github-actions': '.github/workflows/workflow.yaml',
  'gitlab-ci': '.gitlab-ci.yml',
  file: 'file.txt',
};

/** Longer files are not looked into. */
export const MAX_CHARACTERS = 5_000_000;

/** What is asked for. `content` of the type `files` is a list of paths and contents. */
export const PolicyRequest = z.strictObject({
  type: z.string(),
  content: z.union([
    z.string(),
    z
      .array(z.strictObject({ path: z.string().min(1), content: z.string() }))
      .max(5000),
  ]),
  parameters: z.record(z.string(), z.json()).optional(),
  filename: z.string().min(1).optional(),
});
export type PolicyRequest = z.infer<typeof PolicyRequest>;

/** What was found. `needs_review`: nothing was broken as far as it could be looked at, and something could not. */
export interface PolicyResult {
  readonly valid: boolean;
  readonly verdict: 'allow' | 'deny' | 'needs_review';
  readonly violations: readonly PolicyViolation[];
  readonly undecided: readonly Undecided[];
  readonly packs: readonly {
    readonly name: string;
    readonly version: string;
  }[];
}

/** The rule under which a document is reported that could not be looked at. */
export const COULD_NOT_BE_CHECKED = 'could-not-be-checked';

function uncheckedViolation({
  file,
  line,
  reason,
}: Unchecked): PolicyViolation {
  return {
    rule: COULD_NOT_BE_CHECKED,
    title: 'Everything could be looked at',
    severity: 'medium',
    message: reason,
    file,
    ...(line !== undefined && { line }),
    controls: {},
    remedy: 'Mend the file, or have a person look at it',
  };
}

function unreadable({ path, content }: SourceFile): Unchecked | undefined {
  if (content.length > MAX_CHARACTERS) {
    return {
      file: path,
      reason: `The file is longer than ${MAX_CHARACTERS} characters`,
    };
  }
  return content.includes('\u0000')
    ? { file: path, reason: 'The file is binary' }
    : undefined;
}

function distinct(violations: readonly PolicyViolation[]): PolicyViolation[] {
  const seen = new Set<string>();
  return violations.filter(({ rule, file, line, message }) => {
    const key = JSON.stringify([rule, file, line, message]);
    return seen.has(key) ? false : seen.add(key);
  });
}

const ADVICE: readonly PolicySeverity[] = ['info', 'low'];

function verdictOf(
  violations: readonly PolicyViolation[],
  undecided: readonly Undecided[],
): PolicyResult['verdict'] {
  const isUnchecked = ({ rule }: PolicyViolation) =>
    rule === COULD_NOT_BE_CHECKED;
  if (
    violations.some(
      violation =>
        !isUnchecked(violation) && !ADVICE.includes(violation.severity),
    )
  ) {
    return 'deny';
  }
  return undecided.length > 0 || violations.some(isUnchecked)
    ? 'needs_review'
    : 'allow';
}

const rulesByPacks = new WeakMap<
  readonly PolicyPack[],
  readonly PolicyRule[]
>();

function rulesOf(packs: readonly PolicyPack[]): readonly PolicyRule[] {
  const rules = rulesByPacks.get(packs) ?? packs.flatMap(pack => pack.rules);
  rulesByPacks.set(packs, rules);
  return rules;
}

function check(
  entries: readonly {
    readonly file: SourceFile;
    readonly type: DocumentType | undefined;
  }[],
  parameters: ValueObject,
  packs: readonly PolicyPack[],
): PolicyResult {
  const closed = entries.flatMap(({ file }) => unreadable(file) ?? []);
  const open = entries.filter(({ file }) => unreadable(file) === undefined);
  const { resources, unchecked } = readDocuments(open, parameters);
  const rules = rulesOf(packs);
  const { violations, undecided } = evaluateRules(rules, resources, parameters);
  const all = [
    ...distinct(violations),
    ...[...closed, ...unchecked].map(uncheckedViolation),
  ];
  return {
    valid: all.every(({ severity }) => ADVICE.includes(severity)),
    verdict: verdictOf(all, undecided),
    violations: all,
    undecided,
    packs: packs.map(({ name, version }) => ({ name, version })),
  };
}

/** Holds a tree of files against the packs, each file by what its path and content say that it is. */
export function checkPolicyOfFiles(
  files: readonly SourceFile[],
  parameters: ValueObject = {},
  packs: readonly PolicyPack[] = POLICY_PACKS,
): PolicyResult {
  const chartRoots = findChartRoots(files);
  return check(
    files.map(file => ({ file, type: documentTypeOf(file, chartRoots) })),
    parameters,
    packs,
  );
}

/**
 * Holds one document, or a list of files, against the packs. What cannot be read is a violation of the
 * rule `could-not-be-checked`, and what hangs on values that are not known is listed as undecided: neither
 * counts as allowed. Throws `PolicyRequestError` for a type that it does not know.
 */
export function checkPolicy(
  { type, content, parameters = {}, filename }: PolicyRequest,
  packs: readonly PolicyPack[] = POLICY_PACKS,
): PolicyResult {
  const known = TYPES[type.replaceAll('_', '-')];
  if (known === undefined) {
    throw new PolicyRequestError(
      `Unknown type ${type}: use one of ${Object.keys(TYPES).join(', ')}`,
    );
  }
  if (known === 'files') {
    if (typeof content === 'string') {
      throw new PolicyRequestError(
        'The content of the type files is a list of { path, content }',
      );
    }
    return checkPolicyOfFiles(content, parameters, packs);
  }
  if (typeof content !== 'string') {
    throw new PolicyRequestError(`The content of the type ${type} is a text`);
  }
  return check(
    [{ file: { path: filename ?? NAMES[known], content }, type: known }],
    parameters,
    packs,
  );
}
