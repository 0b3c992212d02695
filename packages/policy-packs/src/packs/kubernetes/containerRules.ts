import { isList, isObject } from '../../documents/Value';
import type { PolicyRule } from '../../rules/PolicyRule';
import type { Container } from './workload';
import {
  containerCheck,
  fits,
  isTrue,
  levelOf,
  objectAt,
  textsOf,
} from './workload';
import { podSecurityRule } from './podSecurityRule';

// What a container runtime gives anyway.
const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const plainName = (capability: string) =>
  capability.toUpperCase().replace(/^CAP_/, '');

function capabilities(
  { securityContext }: Container,
  list: 'add' | 'drop',
): string[] {
  const found = objectAt(securityContext, 'capabilities')[list];
  return isList(found) ? found.map(name => plainName(String(name))) : [];
}

/** Rules about what a container may do, from the pod security standards and beside them. */
export const CONTAINER_RULES: readonly PolicyRule[] = [
  podSecurityRule(
    'privilege-escalation',
    ['escalation'],
    'Containers cannot gain privileges',
    'Set securityContext.allowPrivilegeEscalation to false',
    {
      severity: 'high',
      checks: [
        containerCheck('restricted', ({ securityContext }) =>
          securityContext.allowPrivilegeEscalation === false
            ? undefined
            : 'may gain privileges: allowPrivilegeEscalation is not false',
        ),
      ],
    },
  ),
  podSecurityRule(
    'capabilities-add',
    ['capabilities-add'],
    'Containers add no dangerous capabilities',
    'Take the capability out of securityContext.capabilities.add',
    {
      severity: 'high',
      checks: [
        containerCheck('baseline', (container, _workload, { parameters }) => {
          const preset =
            levelOf(parameters) === 'baseline'
              ? BASELINE_CAPABILITIES
              : ['NET_BIND_SERVICE'];
          const allowed = (
            textsOf(parameters, 'allowedCapabilities') ?? preset
          ).map(plainName);
          const bad = capabilities(container, 'add').filter(
            name => !allowed.includes(name) && !allowed.includes('*'),
          );
          return bad.length > 0 ? `adds ${bad.join(', ')}` : undefined;
        }),
      ],
    },
  ),
  podSecurityRule(
    'capabilities-drop',
    ['capabilities-drop'],
    'Containers drop all capabilities',
    'Set securityContext.capabilities.drop to [ALL]',
    {
      checks: [
        containerCheck('restricted', (container, _workload, { parameters }) => {
          const required = (
            textsOf(parameters, 'requiredDropCapabilities') ?? ['ALL']
          ).map(plainName);
          const dropped = capabilities(container, 'drop');
          const missing = dropped.includes('ALL')
            ? []
            : required.filter(name => !dropped.includes(name));
          return missing.length > 0
            ? `does not drop ${missing.join(', ')}`
            : undefined;
        }),
      ],
    },
  ),
  podSecurityRule(
    'read-only-root',
    ['readonly-fs'],
    'Containers cannot write to their own file system',
    'Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where they must write',
    {
      checks: [
        containerCheck('own', ({ securityContext }) =>
          isTrue(securityContext.readOnlyRootFilesystem)
            ? undefined
            : 'can write to its own file system',
        ),
      ],
    },
  ),
  {
    id: 'k8s-privileged-container',
    category: 'privileged-container',
    severity: 'critical',
    topics: ['privileged'],
    title: 'Containers are not privileged',
    remedy: 'Remove securityContext.privileged, and the capability SYS_ADMIN',
    checks: [
      containerCheck('baseline', container => {
        if (isTrue(container.securityContext.privileged)) {
          return 'is privileged';
        }
        // SYS_ADMIN is privileged by another name.
        return capabilities(container, 'add').some(
          name => name === 'SYS_ADMIN' || name === 'ALL',
        )
          ? 'adds SYS_ADMIN, which is as good as privileged'
          : undefined;
      }),
    ],
  },
  {
    id: 'k8s-pod-security-rbac-escalation',
    category: 'pod-security',
    severity: 'high',
    topics: ['escalation'],
    title: 'Roles cannot widen roles',
    remedy: 'Take the verbs escalate, bind and impersonate out of the role',
    checks: [
      {
        platform: 'kubernetes',
        types: ['Role', 'ClusterRole'],
        find: resource =>
          (isList(resource.attributes.rules) ? resource.attributes.rules : [])
            .filter(isObject)
            .flatMap((entry, index) => {
              const verbs = isList(entry.verbs) ? entry.verbs.map(String) : [];
              const resources = isList(entry.resources)
                ? entry.resources.map(String)
                : [];
              const groups = isList(entry.apiGroups)
                ? entry.apiGroups.map(String)
                : [];
              const isAbout = resources.some(
                name => fits('roles', name) || fits('clusterroles', name),
              );
              const inGroup = groups.some(name =>
                fits('rbac.authorization.k8s.io', name),
              );
              return isAbout &&
                inGroup &&
                verbs.some(verb => verb === '*' || verb === 'escalate')
                ? [
                    {
                      line: resource.lineOf(['rules', index]),
                      message: `${resource.address} may escalate roles`,
                    },
                  ]
                : [];
            }),
      },
    ],
  },
];
