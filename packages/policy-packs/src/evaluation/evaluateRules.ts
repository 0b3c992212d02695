import type { Resource } from '../documents/Resource';
import { CATEGORIES } from '../rules/categories';
import type { Controls } from '../rules/categories';
import {
  evaluateCondition,
  pathsOf,
  valuesAt,
} from '../rules/evaluateCondition';
import type { Surroundings } from '../rules/evaluateCondition';
import type {
  CheckFinding,
  Parameters,
  PolicyRule,
  PolicySeverity,
  RuleFix,
  RuleTarget,
} from '../rules/PolicyRule';

/** A rule that is broken, and where. */
export interface PolicyViolation {
  readonly rule: string;
  readonly title: string;
  readonly severity: PolicySeverity;
  readonly message: string;
  readonly file: string;
  readonly line?: number;
  readonly resource?: string;
  readonly controls: Controls;
  readonly remedy: string;
  readonly fix?: RuleFix;
}

/** A rule that could not be judged, because a value is known only later. */
export interface Undecided {
  readonly rule: string;
  readonly file: string;
  readonly line?: number;
  readonly resource: string;
}

/** Every rule that was broken, and every one that could not be judged. */
export interface RuleResults {
  readonly violations: readonly PolicyViolation[];
  readonly undecided: readonly Undecided[];
}

class ResourceIndex implements Surroundings {
  private readonly byType = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      const same = this.byType.get(resource.type) ?? [];
      same.push(resource);
      this.byType.set(resource.type, same);
    }
  }

  ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }
}

/** The rules by what they are for, so that no resource is held against all of them. */
class RuleIndex {
  private readonly byKind = new Map<string, readonly PolicyRule[]>();

  constructor(private readonly rules: readonly PolicyRule[]) {}

  rulesFor({ type, platform }: Resource): readonly PolicyRule[] {
    const kind = `${platform} ${type}`;
    const known = this.byKind.get(kind);
    if (known !== undefined) {
      return known;
    }
    const found = this.rules.filter(
      ({ targets = [], checks = [] }) =>
        targets.some(({ types }) => types.includes(type)) ||
        checks.some(
          check =>
            check.platform === platform &&
            (check.types?.includes(type) ?? true),
        ),
    );
    // Types come from the files that are checked: their number has no other bound.
    if (this.byKind.size < 5000) {
      this.byKind.set(kind, found);
    }
    return found;
  }
}

const indexes = new WeakMap<readonly PolicyRule[], RuleIndex>();

function indexOf(rules: readonly PolicyRule[]): RuleIndex {
  const index = indexes.get(rules) ?? new RuleIndex(rules);
  indexes.set(rules, index);
  return index;
}

/** The line of the first thing that the target asks about and that is there, or of the resource. */
function lineOfTarget(
  resource: Resource,
  target: RuleTarget,
): number | undefined {
  const asked = target.require ?? target.forbid;
  const paths = asked ? pathsOf(asked) : [];
  const present = paths.find(
    path => valuesAt(resource.attributes, path).length > 0,
  );
  if (present === undefined) {
    return resource.line;
  }
  // A path through blocks is looked up in the first of them.
  const steps = present.split('.');
  return (
    resource.lineOf(
      steps.flatMap((step, index) =>
        index < steps.length - 1 ? [step, 0] : [step],
      ),
    ) ?? resource.line
  );
}

function fixOf(target: RuleTarget): RuleFix | undefined {
  const { require } = target;
  const simple =
    require?.kind === 'all' || require?.kind === 'any'
      ? require.conditions[0]
      : require;
  return simple?.kind === 'equals' && /^\w+$/.test(simple.path)
    ? { path: simple.path, value: simple.values[0] }
    : undefined;
}

function findForTarget(
  target: RuleTarget,
  resource: Resource,
  surroundings: Surroundings,
): CheckFinding | undefined {
  const applies = target.when
    ? evaluateCondition(target.when, resource, surroundings)
    : true;
  if (applies === false) {
    return undefined;
  }
  const kept = target.require
    ? evaluateCondition(target.require, resource, surroundings)
    : true;
  const broken = target.forbid
    ? evaluateCondition(target.forbid, resource, surroundings)
    : false;
  if (kept === true && broken === false) {
    return undefined;
  }
  const line = lineOfTarget(resource, target);
  const sure = applies === true && (kept === false || broken === true);
  return sure ? { line } : { line, unknown: true };
}

function checkResource(
  rule: PolicyRule,
  resource: Resource,
  surroundings: Surroundings,
  parameters: Parameters,
): { finding: CheckFinding; fix?: RuleFix }[] {
  const fromTargets = (rule.targets ?? [])
    .filter(({ types }) => types.includes(resource.type))
    .flatMap(target => {
      const finding = findForTarget(target, resource, surroundings);
      return finding ? [{ finding, fix: fixOf(target) }] : [];
    });
  const fromChecks = (rule.checks ?? [])
    .filter(
      ({ platform, types }) =>
        platform === resource.platform &&
        (types?.includes(resource.type) ?? true),
    )
    .flatMap(({ find }) =>
      find(resource, { surroundings, parameters }).map(finding => ({
        finding,
      })),
    );
  return [...fromTargets, ...fromChecks];
}

/** The controls that a rule gives evidence for. */
export function controlsOf(rule: PolicyRule): Controls {
  return CATEGORIES[rule.category].controls;
}

/** Holds every resource against every rule that is for its type. */
export function evaluateRules(
  rules: readonly PolicyRule[],
  resources: readonly Resource[],
  parameters: Parameters,
): RuleResults {
  const surroundings = new ResourceIndex(resources);
  const index = indexOf(rules);
  const violations: PolicyViolation[] = [];
  const undecided: Undecided[] = [];
  for (const resource of resources) {
    for (const rule of index.rulesFor(resource)) {
      for (const { finding, fix } of checkResource(
        rule,
        resource,
        surroundings,
        parameters,
      )) {
        const line = finding.line ?? resource.line;
        const place = { file: resource.file, line, resource: resource.address };
        if (finding.unknown) {
          undecided.push({ rule: rule.id, ...place });
        } else {
          violations.push({
            rule: rule.id,
            title: rule.title,
            severity: rule.severity,
            message: finding.message ?? `${resource.address}: ${rule.title}`,
            ...place,
            controls: controlsOf(rule),
            remedy: rule.remedy,
            ...(fix && { fix }),
          });
        }
      }
    }
  }
  return { violations, undecided };
}
