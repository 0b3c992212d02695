import { isList, isObject } from '../../documents/Value';
import type { Value } from '../../documents/Value';
import type { Parameters, PolicyRule } from '../../rules/PolicyRule';
import type { Container, Workload } from './workload';
import { containerCheck, isTrue, levelOf, objectAt } from './workload';

const HIGH_USER = 10_000;

const setting = (
  container: Container,
  workload: Workload,
  field: string,
): Value | undefined =>
  container.securityContext[field] ?? workload.securityContext[field];

function inRanges(id: number, ranges: Value | undefined): boolean {
  return (isList(ranges) ? ranges : []).some(
    range =>
      isObject(range) && id >= Number(range.min) && id <= Number(range.max),
  );
}

/** Holds a user or group against `{ rule, ranges }`, as Gatekeeper's library has it. */
function identityProblem(
  field: string,
  id: Value | undefined,
  nonRoot: boolean,
  parameters: Parameters,
): string | undefined {
  const asked = objectAt(parameters, field);
  switch (asked.rule) {
    case 'MustRunAsNonRoot':
      return nonRoot || Number(id) > 0 ? undefined : 'may run as root';
    case 'MustRunAs':
      return id !== undefined && inRanges(Number(id), asked.ranges)
        ? undefined
        : `does not run with ${field} in the given ranges`;
    case 'MayRunAs':
      return id === undefined || inRanges(Number(id), asked.ranges)
        ? undefined
        : `does not run with ${field} in the given ranges`;
    default:
      return undefined;
  }
}

function askedProblem(
  container: Container,
  workload: Workload,
  parameters: Parameters,
): string | undefined {
  const nonRoot = isTrue(setting(container, workload, 'runAsNonRoot'));
  const groups = workload.securityContext.supplementalGroups;
  const problems = [
    identityProblem(
      'runAsUser',
      setting(container, workload, 'runAsUser'),
      nonRoot,
      parameters,
    ),
    identityProblem(
      'runAsGroup',
      setting(container, workload, 'runAsGroup'),
      false,
      parameters,
    ),
    identityProblem(
      'fsGroup',
      workload.securityContext.fsGroup,
      false,
      parameters,
    ),
    ...(isList(groups) && groups.length > 0 ? groups : [undefined]).map(group =>
      identityProblem('supplementalGroups', group, false, parameters),
    ),
  ];
  return problems.find(problem => problem !== undefined);
}

const ASKED = ['runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups'];

/** Rules about the user that containers run as. */
export const USER_RULES: readonly PolicyRule[] = [
  {
    id: 'k8s-run-as-non-root',
    category: 'run-as-non-root',
    severity: 'high',
    topics: ['nonroot', 'rootcontainers', 'checks-kubernetes-runs-as-root'],
    title: 'Containers do not run as root',
    remedy:
      'Set securityContext.runAsNonRoot to true and runAsUser to a number above zero',
    checks: [
      containerCheck('restricted', (container, workload, { parameters }) => {
        if (ASKED.some(field => isObject(parameters[field]))) {
          return askedProblem(container, workload, parameters);
        }
        const user = setting(container, workload, 'runAsUser');
        if (user !== undefined && user !== null && Number(user) === 0) {
          return 'runs as user 0';
        }
        const nonRoot = isTrue(setting(container, workload, 'runAsNonRoot'));
        // The standard asks for runAsNonRoot in words; a user above zero does as well.
        const enough =
          levelOf(parameters) === 'restricted'
            ? nonRoot
            : nonRoot || Number(user) > 0;
        return enough ? undefined : 'may run as root: runAsNonRoot is not true';
      }),
    ],
  },
  {
    id: 'k8s-run-as-non-root-high-uid',
    category: 'run-as-non-root',
    severity: 'low',
    topics: ['rootcontainershighuid'],
    title: 'Containers run as a user that the host does not have',
    remedy: `Set securityContext.runAsUser to ${HIGH_USER} or more`,
    checks: [
      containerCheck('own', (container, workload, { parameters }) => {
        const user = Number(setting(container, workload, 'runAsUser') ?? 0);
        const asked = ASKED.some(field => isObject(parameters[field]));
        // In a user namespace no user of the pod is one of the host.
        return asked || workload.spec.hostUsers === false || user >= HIGH_USER
          ? undefined
          : `runs as user ${user || 'of its image'}`;
      }),
    ],
  },
];
