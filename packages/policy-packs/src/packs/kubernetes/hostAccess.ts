import { isList, isObject } from '../../documents/Value';
import type { Value } from '../../documents/Value';
import { isTrue, objectAt } from './workload';

/** The volumes of a pod. */
export function volumesOf(spec: { readonly [key: string]: Value }) {
  return (isList(spec.volumes) ? spec.volumes : []).flatMap((volume, index) =>
    isObject(volume) ? [{ volume, path: ['volumes', index] as const }] : [],
  );
}

export const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
export const RUNTIME_SOCKET =
  /^(?:\/var)?\/run\/(?:(?:docker|crio\/crio|containerd\/containerd|containerd|podman\/podman|cri-dockerd|dockershim)\.sock|k3s\/containerd\/containerd\.sock)$/;

export function allowedHostPath(
  path: string,
  readOnly: boolean,
  allowed: Value | undefined,
): boolean {
  return (isList(allowed) ? allowed : []).some(entry => {
    const prefix = isObject(entry)
      ? String(entry.pathPrefix ?? '').replace(/\/+$/, '')
      : '';
    const below = path === prefix || path.startsWith(`${prefix}/`);
    return (
      isObject(entry) &&
      prefix !== '' &&
      below &&
      (readOnly || !isTrue(entry.readOnly))
    );
  });
}

export function isMountedReadOnly(
  workload: {
    containers: readonly { spec: { readonly [key: string]: Value } }[];
  },
  volume: Value,
): boolean {
  const mounts = workload.containers
    .flatMap(({ spec }) => (isList(spec.volumeMounts) ? spec.volumeMounts : []))
    .filter(isObject)
    .filter(({ name }) => name === volume);
  return mounts.every(({ readOnly }) => isTrue(readOnly));
}

export const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
export const HOOKS = ['postStart', 'preStop'];

export function probeHosts(spec: { readonly [key: string]: Value }): Value[] {
  const handlers = [
    ...PROBES.map(name => objectAt(spec, name)),
    ...HOOKS.map(name => objectAt(spec, 'lifecycle', name)),
  ];
  return handlers
    .flatMap(handler => [
      objectAt(handler, 'httpGet').host,
      objectAt(handler, 'tcpSocket').host,
    ])
    .filter(host => host !== undefined && host !== null && host !== '');
}

export const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
];
