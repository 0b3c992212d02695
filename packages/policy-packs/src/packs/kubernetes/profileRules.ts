import { isList, isObject } from '../../documents/Value';
import type { Value, ValueObject } from '../../documents/Value';
import type { PolicyRule } from '../../rules/PolicyRule';
import type { Container, Workload } from './workload';
import { containerCheck, levelOf, objectAt, textsOf } from './workload';
import { podSecurityRule } from './podSecurityRule';

const SELINUX_TYPES = [
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

/** The names of seccomp and AppArmor profiles in one spelling: that of the fields, not that of the old annotations. */
function profileName(name: string): string {
  const old: Readonly<Record<string, string>> = {
    'runtime/default': 'RuntimeDefault',
    'docker/default': 'RuntimeDefault',
    unconfined: 'Unconfined',
  };
  return old[name] ?? (name.startsWith('localhost/') ? 'Localhost' : name);
}

function profileOf(field: ValueObject): string | undefined {
  return typeof field.type === 'string' ? field.type : undefined;
}

function annotated(workload: Workload, key: string): string | undefined {
  const value = workload.annotations[key];
  return typeof value === 'string' ? value : undefined;
}

function seccompOf(
  container: Container,
  workload: Workload,
): string | undefined {
  const found =
    profileOf(objectAt(container.securityContext, 'seccompProfile')) ??
    annotated(
      workload,
      `container.seccomp.security.alpha.kubernetes.io/${container.name}`,
    ) ??
    profileOf(objectAt(workload.securityContext, 'seccompProfile')) ??
    annotated(workload, 'seccomp.security.alpha.kubernetes.io/pod');
  return found === undefined ? undefined : profileName(found);
}

function appArmorOf(
  container: Container,
  workload: Workload,
): string | undefined {
  const found =
    profileOf(objectAt(container.securityContext, 'appArmorProfile')) ??
    annotated(
      workload,
      `container.apparmor.security.beta.kubernetes.io/${container.name}`,
    ) ??
    profileOf(objectAt(workload.securityContext, 'appArmorProfile'));
  return found === undefined ? undefined : profileName(found);
}

function allowsProfile(
  profile: string | undefined,
  allowed: readonly string[],
): boolean {
  const names = allowed.map(profileName);
  return profile === undefined
    ? allowed.includes('not configured')
    : names.includes('*') || names.includes(profile);
}

function selinuxProblem(
  options: ValueObject,
  allowed: Value | undefined,
): boolean {
  if (Object.keys(options).length === 0) {
    return false;
  }
  if (isList(allowed)) {
    return !allowed.some(
      one =>
        isObject(one) &&
        Object.entries(options).every(([key, value]) => one[key] === value),
    );
  }
  const { type, user, role } = options;
  return (
    !SELINUX_TYPES.includes(String(type ?? '')) ||
    Boolean(user) ||
    Boolean(role)
  );
}

/** Rules about the profiles that a container runs under. */
export const PROFILE_RULES: readonly PolicyRule[] = [
  podSecurityRule(
    'seccomp',
    ['seccomp'],
    'Containers run under a seccomp profile',
    'Set securityContext.seccompProfile.type to RuntimeDefault',
    {
      checks: [
        containerCheck('baseline', (container, workload, { parameters }) => {
          const preset =
            levelOf(parameters) === 'baseline'
              ? ['RuntimeDefault', 'Localhost', 'not configured']
              : ['RuntimeDefault', 'Localhost'];
          const profile = seccompOf(container, workload);
          return allowsProfile(
            profile,
            textsOf(parameters, 'allowedProfiles') ?? preset,
          )
            ? undefined
            : `runs ${
                profile === undefined
                  ? 'without a seccomp profile'
                  : `under the seccomp profile ${profile}`
              }`;
        }),
      ],
    },
  ),
  podSecurityRule(
    'apparmor',
    ['apparmor'],
    'Containers run under the AppArmor profile of the runtime',
    'Set securityContext.appArmorProfile.type to RuntimeDefault',
    {
      severity: 'low',
      checks: [
        containerCheck('baseline', (container, workload, { parameters }) => {
          const preset =
            levelOf(parameters) === undefined
              ? ['RuntimeDefault', 'Localhost']
              : ['RuntimeDefault', 'Localhost', 'not configured'];
          const profile = appArmorOf(container, workload);
          return allowsProfile(
            profile,
            textsOf(parameters, 'allowedProfiles') ?? preset,
          )
            ? undefined
            : `runs ${
                profile === undefined
                  ? 'without an AppArmor profile'
                  : `under the AppArmor profile ${profile}`
              }`;
        }),
      ],
    },
  ),
  podSecurityRule(
    'proc-mount',
    ['procmount'],
    'Containers see the default /proc',
    'Remove securityContext.procMount',
    {
      checks: [
        containerCheck(
          'baseline',
          ({ securityContext }, { spec }, { parameters }) => {
            // In a user namespace of its own, root of the pod is nobody on the host.
            if (spec.hostUsers === false) {
              return undefined;
            }
            const mount = securityContext.procMount ?? 'Default';
            const allowed = String(parameters.procMount ?? 'Default');
            return mount === 'Default' || mount === allowed
              ? undefined
              : `mounts /proc as ${mount}`;
          },
        ),
      ],
    },
  ),
  podSecurityRule(
    'selinux',
    ['selinux'],
    'Containers keep the SELinux options of the runtime',
    'Remove securityContext.seLinuxOptions',
    {
      checks: [
        containerCheck(
          'baseline',
          ({ securityContext }, workload, { parameters }) =>
            [securityContext, workload.securityContext].some(context =>
              selinuxProblem(
                objectAt(context, 'seLinuxOptions'),
                parameters.allowedSELinuxOptions,
              ),
            )
              ? 'sets its own SELinux options'
              : undefined,
        ),
      ],
    },
  ),
];
