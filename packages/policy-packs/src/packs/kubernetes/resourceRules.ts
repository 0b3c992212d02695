import { isList } from '../../documents/Value';
import type { Value } from '../../documents/Value';
import type { Parameters, PolicyRule } from '../../rules/PolicyRule';
import { quantityOf } from './quantity';
import type { Container } from './workload';
import { containerCheck, objectAt, textsOf } from './workload';

type Kind = 'limits' | 'requests';
type Measure = 'cpu' | 'memory';

const ONE: Readonly<Record<Kind, string>> = {
  limits: 'limit',
  requests: 'request',
};

function amount(
  { spec }: Container,
  kind: Kind,
  measure: Measure,
): Value | undefined {
  const resources = objectAt(spec, 'resources');
  const found = objectAt(resources, kind)[measure];
  // Kubernetes takes the limit for the request where that is left out.
  return (
    found ??
    (kind === 'requests' ? objectAt(resources, 'limits')[measure] : undefined)
  );
}

function isAsked(
  parameters: Parameters,
  kind: Kind,
  measure: Measure,
): boolean {
  const required = textsOf(parameters, 'required');
  const listed = textsOf(parameters, kind);
  const names =
    textsOf(parameters, 'limits') !== undefined ||
    textsOf(parameters, 'requests') !== undefined;
  if (required !== undefined) {
    return required.includes(`${kind}.${measure}`);
  }
  return names ? (listed ?? []).includes(measure) : true;
}

function missing(kind: Kind, measure: Measure): PolicyRule {
  return {
    id: `k8s-resource-limits-${measure}-${ONE[kind]}`,
    category: 'resource-limits',
    severity: 'medium',
    topics: [`${ONE[kind]}-${measure}`],
    title: `Containers have a ${ONE[kind]} of ${measure}`,
    remedy: `Set resources.${kind}.${measure}`,
    checks: [
      containerCheck('own', (container, _workload, { parameters }) => {
        const set =
          kind === 'requests'
            ? objectAt(container.spec, 'resources', kind)[measure]
            : amount(container, kind, measure);
        const given = set !== undefined && set !== null && set !== '';
        return container.list !== 'ephemeralContainers' &&
          isAsked(parameters, kind, measure) &&
          !given
          ? `has no ${ONE[kind]} of ${measure}`
          : undefined;
      }),
    ],
  };
}

function bound(
  parameters: Parameters,
  measure: Measure,
  kind: Kind,
  end: 'max' | 'min',
): number | undefined {
  const named = parameters[`${measure}_${ONE[kind]}_${end}`];
  const value = isList(named) ? named[0] : named;
  const plain =
    end === 'max' && !isList(parameters[measure])
      ? parameters[measure]
      : undefined;
  const found = quantityOf(value ?? plain);
  return found !== undefined && found >= 0 ? found : undefined;
}

function outOfBounds(kind: Kind): PolicyRule {
  return {
    id: `k8s-resource-limits-${ONE[kind]}-maximum`,
    category: 'resource-limits',
    severity: 'medium',
    topics: [`${ONE[kind]}-max`],
    title: `The ${kind} of containers stay within what is allowed`,
    remedy: `Lower resources.${kind}, or ask for more to be allowed`,
    checks: [
      containerCheck('own', (container, _workload, { parameters }) => {
        for (const measure of ['cpu', 'memory'] as const) {
          const most = bound(parameters, measure, kind, 'max');
          const least = bound(parameters, measure, kind, 'min');
          const written = amount(container, kind, measure);
          const value = quantityOf(written);
          if (most === undefined && least === undefined) {
            continue;
          }
          if (value === undefined) {
            return `has no ${ONE[kind]} of ${measure} that could be held against what is allowed`;
          }
          if (value > (most ?? Infinity) || value < (least ?? 0)) {
            return `has a ${ONE[kind]} of ${measure} of ${String(
              written,
            )}, which is not allowed`;
          }
        }
        return undefined;
      }),
    ],
  };
}

/** Rules about CPU and memory of containers. */
export const RESOURCE_RULES: readonly PolicyRule[] = [
  missing('limits', 'cpu'),
  missing('limits', 'memory'),
  missing('requests', 'cpu'),
  missing('requests', 'memory'),
  outOfBounds('limits'),
  outOfBounds('requests'),
  {
    id: 'k8s-resource-limits-memory-request-is-limit',
    category: 'resource-limits',
    severity: 'info',
    topics: ['mem-req-eq-limit'],
    title: 'The request of memory is its limit',
    remedy:
      'Set resources.requests.memory and resources.limits.memory to the same amount',
    checks: [
      containerCheck('own', ({ spec, list }) => {
        const limit = objectAt(spec, 'resources', 'limits').memory;
        const request = objectAt(spec, 'resources', 'requests').memory;
        const differs = quantityOf(limit) !== quantityOf(request);
        return list !== 'ephemeralContainers' && differs
          ? `asks for ${String(request ?? 'no')} memory and may take ${String(
              limit ?? 'any',
            )}`
          : undefined;
      }),
    ],
  },
  {
    id: 'k8s-resource-limits-ratio',
    category: 'resource-limits',
    severity: 'medium',
    topics: ['ratio'],
    title: 'Limits are no higher above requests than is allowed',
    remedy: 'Bring resources.requests nearer to resources.limits',
    checks: [
      containerCheck('own', ({ spec, list }, _workload, { parameters }) => {
        const most = {
          memory: quantityOf(parameters.ratio),
          cpu: quantityOf(parameters.cpuRatio ?? parameters.ratio),
        };
        for (const measure of ['cpu', 'memory'] as const) {
          const allowed = most[measure];
          const limit = quantityOf(
            objectAt(spec, 'resources', 'limits')[measure],
          );
          const request = quantityOf(
            objectAt(spec, 'resources', 'requests')[measure],
          );
          const over =
            limit === undefined ||
            request === undefined ||
            limit / request > (allowed ?? Infinity);
          if (allowed !== undefined && list !== 'ephemeralContainers' && over) {
            return `has a limit of ${measure} more than ${allowed} times its request, or lacks one of them`;
          }
        }
        return undefined;
      }),
    ],
  },
];
