import { workloadOf } from '../packs/kubernetes/workload';
import { readYamlDocuments } from './readYamlDocuments';
import type { PositionedDocument } from './readYamlDocuments';
import type { Documents, PathStep, Resource, Unchecked } from './Resource';
import { isList, isObject } from './Value';
import type { Value } from './Value';

function toResources(
  value: Value,
  document: PositionedDocument,
  file: string,
  at: readonly PathStep[],
): Resource[] {
  if (!isObject(value) || typeof value.kind !== 'string') {
    return [];
  }
  if (value.kind.endsWith('List') && isList(value.items)) {
    return value.items.flatMap((item, index) =>
      toResources(item, document, file, [...at, 'items', index]),
    );
  }
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const name = String(metadata.name ?? metadata.generateName ?? '');
  return [
    {
      platform: 'kubernetes',
      type: value.kind,
      name,
      address: `${value.kind}/${name}`,
      names: [name],
      attributes: value,
      file,
      line: document.lineOf(at),
      lineOf: path => document.lineOf([...at, ...path]),
    },
  ];
}

const WORKLOADS = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
]);

/** Reads Kubernetes manifests, or charts that were rendered. A document without a kind is told as unchecked. */
export function readKubernetes(content: string, file: string): Documents {
  const { documents, unchecked } = readYamlDocuments(content, file);
  const told: Unchecked[] = [...unchecked];
  const resources = documents.flatMap(document => {
    const found = toResources(document.value, document, file, []);
    const isEmptyList =
      isObject(document.value) && isList(document.value.items);
    if (found.length === 0 && !isEmptyList) {
      told.push({
        file,
        line: document.line,
        reason: 'The document has no kind',
      });
    }
    return found;
  });
  // A workload without readable containers must not pass for one that has nothing wrong.
  for (const resource of resources) {
    if (WORKLOADS.has(resource.type) && workloadOf(resource) === undefined) {
      told.push({
        file,
        line: resource.line,
        reason: `${resource.address} has no containers that can be read`,
      });
    }
  }
  return { resources, unchecked: told };
}
