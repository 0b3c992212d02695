import { lazyRequire } from '../lazyRequire';

interface KubernetesModel {
  new (data: unknown): { validate(): void };
}

const SERVED_APIS = [
  'v1',
  'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'apiregistration.k8s.io/v1',
  'apps/v1',
  'authentication.k8s.io/v1',
  'authorization.k8s.io/v1',
  'autoscaling/v1',
  'autoscaling/v2',
  'batch/v1',
  'certificates.k8s.io/v1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'events.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1',
  'networking.k8s.io/v1',
  'node.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1',
];

const REMOVED_APIS = [
  'admissionregistration.k8s.io/v1beta1',
  'apiextensions.k8s.io/v1beta1',
  'apps/v1beta1',
  'apps/v1beta2',
  'autoscaling/v2beta1',
  'autoscaling/v2beta2',
  'batch/v1beta1',
  'certificates.k8s.io/v1beta1',
  'extensions/v1beta1',
  'networking.k8s.io/v1beta1',
  'policy/v1beta1',
  'rbac.authorization.k8s.io/v1beta1',
];

const KIND = /^[A-Z][A-Za-z0-9]{1,60}$/;

/** Says whether Kubernetes stopped serving this API version; nothing written in it can be applied. */
export function isRemovedApi(apiVersion: string, kind: string): boolean {
  return (
    REMOVED_APIS.includes(apiVersion) ||
    (apiVersion === 'policy/v1' && kind === 'PodSecurityPolicy')
  );
}

/** What is known about a kind: its model, that its group has no such kind, or that the group is not Kubernetes' own. */
export type FoundModel =
  | { readonly status: 'found'; readonly Model: KubernetesModel }
  | { readonly status: 'unknown-kind' }
  | { readonly status: 'custom' };

/** Finds the model of a kind. Only versions of the table above are ever loaded, whatever a manifest says. */
export function findKubernetesModel(
  apiVersion: string,
  kind: string,
): FoundModel {
  if (!SERVED_APIS.includes(apiVersion)) {
    return { status: 'custom' };
  }
  if (!KIND.test(kind)) {
    return { status: 'unknown-kind' };
  }
  try {
    const loaded = lazyRequire<Record<string, KubernetesModel | undefined>>(
      `kubernetes-models/${apiVersion}/${kind}`,
    );
    const Model = loaded[kind];
    return Model ? { status: 'found', Model } : { status: 'unknown-kind' };
  } catch {
    return { status: 'unknown-kind' };
  }
}
