import { isList, isObject } from '../../documents/Value';
import type { PolicyRule } from '../../rules/PolicyRule';
import {
  containerCheck,
  fits,
  isTrue,
  objectAt,
  podCheck,
  textsOf,
} from './workload';
import {
  volumesOf,
  RESTRICTED_VOLUMES,
  RUNTIME_SOCKET,
  allowedHostPath,
  isMountedReadOnly,
  probeHosts,
  SAFE_SYSCTLS,
} from './hostAccess';
import { podSecurityRule } from './podSecurityRule';

const hostNamespace = (id: string, field: string, what: string): PolicyRule =>
  podSecurityRule(
    id,
    [id],
    `Pods do not share the ${what} of the host`,
    `Remove ${field}, or set it to false`,
    {
      severity: 'high',
      checks: [
        podCheck('baseline', ({ spec }, { parameters }) =>
          isTrue(spec[field]) && !isTrue(parameters[field])
            ? [{ problem: `sets ${field}`, path: [field] }]
            : [],
        ),
      ],
    },
  );

/** Rules about what a pod shares with its host. */
export const HOST_RULES: readonly PolicyRule[] = [
  hostNamespace('host-pid', 'hostPID', 'processes'),
  hostNamespace('host-ipc', 'hostIPC', 'memory'),
  hostNamespace('host-network', 'hostNetwork', 'network'),
  podSecurityRule(
    'host-port',
    ['hostport', 'host-network'],
    'Containers do not take ports of the host',
    'Remove hostPort and use a Service',
    {
      checks: [
        containerCheck(
          'baseline',
          ({ spec }, { spec: pod }, { parameters }) => {
            const ports = (isList(spec.ports) ? spec.ports : []).filter(
              isObject,
            );
            const onHost =
              isTrue(pod.hostNetwork) && parameters.min !== undefined;
            const taken = ports
              .flatMap(({ hostPort, containerPort }) => [
                hostPort ?? (onHost ? containerPort : undefined),
              ])
              .map(Number)
              .filter(port => port > 0);
            const least = Number(parameters.min ?? Infinity);
            const most = Number(
              parameters.max ??
                (parameters.min === undefined ? -Infinity : Infinity),
            );
            const outside = taken.filter(port => port < least || port > most);
            return outside.length > 0
              ? `takes port ${outside.join(', ')} of the host`
              : undefined;
          },
        ),
      ],
    },
  ),
  podSecurityRule(
    'host-process',
    ['hostprocess'],
    'Windows containers do not run as processes of the host',
    'Remove windowsOptions.hostProcess',
    {
      severity: 'high',
      checks: [
        containerCheck('baseline', ({ securityContext }, workload) =>
          [securityContext, workload.securityContext].some(context =>
            isTrue(objectAt(context, 'windowsOptions').hostProcess),
          )
            ? 'runs as a process of the host'
            : undefined,
        ),
      ],
    },
  ),
  podSecurityRule(
    'host-path',
    ['hostpath'],
    'Pods do not mount folders of the host',
    'Use a PersistentVolumeClaim, a ConfigMap or an emptyDir',
    {
      severity: 'high',
      checks: [
        podCheck('baseline', (workload, { parameters }) =>
          volumesOf(workload.spec).flatMap(({ volume, path }) => {
            const host = volume.hostPath;
            const folder = isObject(host) ? String(host.path ?? '') : '';
            const allowed = allowedHostPath(
              folder,
              isMountedReadOnly(workload, volume.name ?? ''),
              parameters.allowedHostPaths,
            );
            return host === undefined || allowed
              ? []
              : [
                  {
                    problem: `mounts ${folder || 'a folder'} of the host`,
                    path,
                  },
                ];
          }),
        ),
      ],
    },
  ),
  podSecurityRule(
    'runtime-socket',
    ['docker-socket'],
    'Pods do not mount the socket of the container runtime',
    'Take the mount out: whoever holds the socket is root on the host',
    {
      severity: 'critical',
      checks: [
        podCheck('baseline', ({ spec }) =>
          volumesOf(spec).flatMap(({ volume, path }) =>
            RUNTIME_SOCKET.test(String(objectAt(volume, 'hostPath').path ?? ''))
              ? [
                  {
                    problem: 'mounts the socket of the container runtime',
                    path,
                  },
                ]
              : [],
          ),
        ),
      ],
    },
  ),
  podSecurityRule(
    'volume-types',
    ['volumes'],
    'Pods use volumes of harmless types only',
    `Use one of ${RESTRICTED_VOLUMES.join(', ')}`,
    {
      checks: [
        podCheck('restricted', ({ spec }, { parameters }) => {
          const allowed = textsOf(parameters, 'volumes') ?? RESTRICTED_VOLUMES;
          return volumesOf(spec).flatMap(({ volume, path }) => {
            const types = Object.keys(volume).filter(key => key !== 'name');
            const other = types.filter(
              type => !allowed.includes(type) && !allowed.includes('*'),
            );
            return other.length > 0
              ? [{ problem: `uses a volume of type ${other.join(', ')}`, path }]
              : [];
          });
        }),
      ],
    },
  ),
  podSecurityRule(
    'host-probes',
    ['hostprobes'],
    'Probes and hooks call their own container only',
    'Remove host from the probe or hook',
    {
      checks: [
        containerCheck('baseline', ({ spec }) => {
          const hosts = probeHosts(spec);
          return hosts.length > 0
            ? `calls ${hosts.join(', ')} in a probe or hook`
            : undefined;
        }),
      ],
    },
  ),
  podSecurityRule(
    'sysctls',
    ['sysctls'],
    'Pods set safe kernel parameters only',
    'Remove the sysctl',
    {
      checks: [
        podCheck('baseline', ({ securityContext }, { parameters }) => {
          const allowed = textsOf(parameters, 'allowedSysctls');
          const forbidden = textsOf(parameters, 'forbiddenSysctls');
          const isBad = (name: string) =>
            (forbidden ?? []).some(pattern => fits(name, pattern)) ||
            !(allowed ?? (forbidden === undefined ? SAFE_SYSCTLS : ['*'])).some(
              pattern => fits(name, pattern),
            );
          const names = (
            isList(securityContext.sysctls) ? securityContext.sysctls : []
          )
            .filter(isObject)
            .map(({ name }) => String(name));
          return names.filter(isBad).map(name => ({
            problem: `sets the kernel parameter ${name}`,
            path: ['securityContext', 'sysctls'],
          }));
        }),
      ],
    },
  ),
];
