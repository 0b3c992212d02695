import {
  agenticPermissions,
  approvalDecidePermission,
  metricsReadPermission,
} from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';

/** What one machine may do: the subject of a token of Backstage's `externalAccess`, or another plugin. */
export interface MachineGrant {
  /** The subject as Backstage gives it, for example `external:ci` or `plugin:scaffolder`. */
  readonly subject: string;
  /** Names of permissions. Deciding approvals is never among them. */
  readonly permissions: readonly string[];
  readonly environments: readonly string[];
  /** Users, and groups whose members, it may start work for. */
  readonly actForUsers: readonly string[];
}

const KEY = 'agentic.machineAccess';

/**
 * Reads `agentic.machineAccess`: what machines may do. A subject that is not listed may do nothing but
 * ask for the health. Throws naming the key and the remedy.
 */
export function readMachineAccess(config: Config): MachineGrant[] {
  const known = new Set<string>(agenticPermissions.map(({ name }) => name));
  const grants = (config.getOptionalConfigArray(KEY) ?? []).map(
    (entry, index): MachineGrant => {
      const key = `${KEY}[${index}]`;
      const permissions = entry.getOptionalStringArray('permissions') ?? [];
      for (const name of permissions) {
        if (name === approvalDecidePermission.name) {
          throw new Error(
            `${key}.permissions names '${name}', but only people decide approvals; remove it`,
          );
        }
        if (!known.has(name)) {
          throw new Error(
            `${key}.permissions names '${name}', which is no permission of the framework; docs/permissions.md lists them`,
          );
        }
      }
      const environments = entry.getOptionalStringArray('environments') ?? [];
      const inEnvironments = permissions.filter(
        name => name !== metricsReadPermission.name,
      );
      if (inEnvironments.length > 0 && environments.length === 0) {
        throw new Error(
          `${key}.environments is missing or empty, so its permissions would reach nothing; name the environments it may work with`,
        );
      }
      return {
        subject: entry.getString('subject'),
        permissions,
        environments,
        actForUsers: entry.getOptionalStringArray('actForUsers') ?? [],
      };
    },
  );
  const twice = grants.find(
    (grant, index) =>
      grants.findIndex(({ subject }) => subject === grant.subject) !== index,
  );
  if (twice) {
    throw new Error(
      `${KEY} lists the subject '${twice.subject}' twice; merge the two entries`,
    );
  }
  return grants;
}
