import type { PathStep, Resource } from '../../documents/Resource';
import { valueAt } from '../../documents/Resource';
import { isList, isObject } from '../../documents/Value';
import type { Value, ValueObject } from '../../documents/Value';
import type {
  CheckContext,
  CheckFinding,
  Parameters,
  RuleCheck,
} from '../../rules/PolicyRule';

/** A container of a pod, and its place in the manifest. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly spec: ValueObject;
  readonly securityContext: ValueObject;
  readonly path: readonly PathStep[];
  readonly list: 'containers' | 'initContainers' | 'ephemeralContainers';
}

/** The pod that a resource is, or makes. */
export interface Workload {
  readonly resource: Resource;
  readonly spec: ValueObject;
  readonly securityContext: ValueObject;
  readonly annotations: ValueObject;
  readonly path: readonly PathStep[];
  readonly containers: readonly Container[];
}

const POD_PATHS: readonly (readonly string[])[] = [
  ['spec', 'jobTemplate', 'spec', 'template'],
  ['spec', 'template'],
  ['template'],
  [],
];
const CONTAINER_LISTS = [
  'containers',
  'initContainers',
  'ephemeralContainers',
] as const;
const NOTHING: ValueObject = {};

/** The value as an object; an empty one where it is none. */
export function objectAt(
  value: Value | undefined,
  ...path: readonly PathStep[]
): ValueObject {
  const found = valueAt(value, path);
  return isObject(found) ? found : NOTHING;
}

function containersOf(spec: ValueObject, at: readonly PathStep[]): Container[] {
  return CONTAINER_LISTS.flatMap(list => {
    const items = spec[list];
    return (isList(items) ? items : []).flatMap((item, index): Container[] =>
      isObject(item)
        ? [
            {
              name: String(item.name ?? index),
              image: String(item.image ?? ''),
              spec: item,
              securityContext: objectAt(item, 'securityContext'),
              path: [...at, list, index],
              list,
            },
          ]
        : [],
    );
  });
}

const known = new WeakMap<Resource, Workload | 'none'>();

function findWorkload(resource: Resource): Workload | 'none' {
  for (const path of POD_PATHS) {
    const spec = valueAt(resource.attributes, [...path, 'spec']);
    if (isObject(spec) && CONTAINER_LISTS.some(list => isList(spec[list]))) {
      return {
        resource,
        spec,
        securityContext: objectAt(spec, 'securityContext'),
        annotations: objectAt(
          resource.attributes,
          ...path,
          'metadata',
          'annotations',
        ),
        path: [...path, 'spec'],
        containers: containersOf(spec, [...path, 'spec']),
      };
    }
  }
  return 'none';
}

/** The pod of a resource: of Kubernetes' own kinds, and of any other one that is built like them. */
export function workloadOf(resource: Resource): Workload | undefined {
  const found = known.get(resource) ?? findWorkload(resource);
  known.set(resource, found);
  return found === 'none' ? undefined : found;
}

/** The texts of a parameter that is a list. Undefined where it is not given. */
export function textsOf(
  parameters: Parameters,
  name: string,
): readonly string[] | undefined {
  const value = parameters[name];
  return isList(value) ? value.map(String) : undefined;
}

/** Whether a text fits a pattern in which `*` at the end stands for anything. */
export function fits(text: string, pattern: string): boolean {
  return pattern.endsWith('*')
    ? text.startsWith(pattern.slice(0, -1))
    : text === pattern;
}

/** The pod security level that is asked for. Without one, everything is checked. */
export function levelOf(
  parameters: Parameters,
): 'privileged' | 'baseline' | 'restricted' | undefined {
  const { level } = parameters;
  return level === 'privileged' ||
    level === 'baseline' ||
    level === 'restricted'
    ? level
    : undefined;
}

function isExempt(container: Container, parameters: Parameters): boolean {
  return (textsOf(parameters, 'exemptImages') ?? []).some(pattern =>
    fits(container.image, pattern),
  );
}

/** Which pod security levels a check belongs to. `own`: to none, it is a rule of ours beside them. */
export type Standing = 'baseline' | 'restricted' | 'own';

function applies(standing: Standing, parameters: Parameters): boolean {
  const level = levelOf(parameters);
  if (level === undefined) {
    return true;
  }
  return standing === 'baseline'
    ? level !== 'privileged'
    : standing === 'restricted' && level === 'restricted';
}

/** What is wrong with a container, in words that follow its name. `unknown` where it is not settled. */
export type ContainerProblem = string | undefined | { readonly unknown: true };

/** A check of every container that is not exempt. */
export function containerCheck(
  standing: Standing,
  problemOf: (
    container: Container,
    workload: Workload,
    context: CheckContext,
  ) => ContainerProblem,
): RuleCheck {
  return {
    platform: 'kubernetes',
    find: (resource, context) => {
      const workload = workloadOf(resource);
      if (workload === undefined || !applies(standing, context.parameters)) {
        return [];
      }
      return workload.containers
        .filter(container => !isExempt(container, context.parameters))
        .flatMap((container): CheckFinding[] => {
          const problem = problemOf(container, workload, context);
          if (problem === undefined) {
            return [];
          }
          const line = resource.lineOf(container.path);
          return typeof problem === 'string'
            ? [
                {
                  line,
                  message: `${resource.address}: container ${container.name} ${problem}`,
                },
              ]
            : [{ line, unknown: true }];
        });
    },
  };
}

/** A check of the pod itself. */
export function podCheck(
  standing: Standing,
  problemsOf: (
    workload: Workload,
    context: CheckContext,
  ) => readonly { problem: string; path: readonly PathStep[] }[],
): RuleCheck {
  return {
    platform: 'kubernetes',
    find: (resource, context) => {
      const workload = workloadOf(resource);
      return workload === undefined || !applies(standing, context.parameters)
        ? []
        : problemsOf(workload, context).map(({ problem, path }) => ({
            line: resource.lineOf([...workload.path, ...path]),
            message: `${resource.address}: the pod ${problem}`,
          }));
    },
  };
}

/** `true` also where it is written as text, as charts often do. */
export function isTrue(value: Value | undefined): boolean {
  return value === true || value === 'true';
}
