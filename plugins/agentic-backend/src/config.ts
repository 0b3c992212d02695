import type { ApprovalRole } from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';
import path from 'node:path';
import type {
  ApprovalPolicy,
  EnvironmentApproval,
} from './runtime/approval/ApprovalRules';

/** The settings of the host. Tools read theirs themselves. */
export interface AgenticConfig {
  /** Absolute path of the folder for everything that is kept on disk. */
  readonly dataDir: string;
  readonly engine: {
    readonly kind?: 'pglite' | 'postgres';
    readonly schema: string;
  };
  readonly approvals: ApprovalPolicy;
  readonly retention: {
    /** Days after which the engine forgets runs that have ended. */
    readonly engineDays: number;
    /** Days after which delivered outbox entries are deleted. */
    readonly outboxDays: number;
  };
}

const DEFAULT_ENVIRONMENTS: Readonly<Record<string, EnvironmentApproval>> = {
  development: { requiredRoles: ['final'], requesterMayApprove: true },
  staging: { requiredRoles: ['final'], requesterMayApprove: false },
  production: {
    requiredRoles: ['strategic', 'final'],
    requesterMayApprove: false,
  },
};

function readRole(text: string, key: string): ApprovalRole {
  if (text === 'strategic' || text === 'final') {
    return text;
  }
  throw new Error(
    `${key} names the role '${text}'; the roles are 'strategic' and 'final'`,
  );
}

function readEnvironments(config: Config): Record<string, EnvironmentApproval> {
  const environments = { ...DEFAULT_ENVIRONMENTS };
  const section = config.getOptionalConfig('agentic.approvals.environments');
  for (const name of section?.keys() ?? []) {
    const key = `agentic.approvals.environments.${name}`;
    const before = environments[name];
    const requiredRoles =
      section!
        .getOptionalStringArray(`${name}.requiredRoles`)
        ?.map(role => readRole(role, `${key}.requiredRoles`)) ??
      before?.requiredRoles;
    if (!requiredRoles || requiredRoles.length === 0) {
      throw new Error(
        `${key}.requiredRoles is missing or empty; name at least one role`,
      );
    }
    const requesterMayApprove = section!.getOptionalBoolean(
      `${name}.requesterMayApprove`,
    );
    if (requesterMayApprove && name !== 'development') {
      throw new Error(
        `${key}.requesterMayApprove is true, but only 'development' may let people approve their own requests; remove it`,
      );
    }
    environments[name] = {
      requiredRoles,
      requesterMayApprove:
        requesterMayApprove ?? before?.requesterMayApprove ?? false,
    };
  }
  return environments;
}

function readPositive(config: Config, key: string, otherwise: number): number {
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (!(value > 0)) {
    throw new Error(`${key} is ${value}; give a number above zero`);
  }
  return value;
}

/** Reads `agentic.*`. Throws naming the key and the remedy. */
export function readAgenticConfig(config: Config): AgenticConfig {
  const kind = config.getOptionalString('agentic.engine.kind');
  if (kind !== undefined && kind !== 'pglite' && kind !== 'postgres') {
    throw new Error(
      `agentic.engine.kind is '${kind}'; give 'pglite' or 'postgres', or leave it out to follow the plugin's database`,
    );
  }
  return {
    dataDir: path.resolve(
      config.getOptionalString('agentic.dataDir') ?? '.agentic',
    ),
    engine: {
      kind,
      schema:
        config.getOptionalString('agentic.engine.schema') ?? 'agentic_engine',
    },
    approvals: {
      roles: {
        strategic:
          config.getOptionalStringArray('agentic.approvals.roles.strategic') ??
          [],
        final:
          config.getOptionalStringArray('agentic.approvals.roles.final') ?? [],
      },
      environments: readEnvironments(config),
      expiresAfterHours: readPositive(
        config,
        'agentic.approvals.expiresAfterHours',
        72,
      ),
    },
    retention: {
      engineDays: readPositive(config, 'agentic.retention.engineDays', 7),
      outboxDays: readPositive(config, 'agentic.retention.outboxDays', 30),
    },
  };
}
