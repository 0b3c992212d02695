import type { Lane } from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';
import path from 'node:path';
import { readEngineConfig, type EngineConfig } from './engine';
import type { EnvironmentRules } from './environments/EnvironmentRules';
import { readEnvironmentRules } from './environments/readEnvironmentRules';
import type { IncidentSettings } from './incidents/IncidentSettings';
import { readIncidentSettings } from './incidents/readIncidentSettings';
import { readLimitsConfig, type LimitsConfig } from './limits/limitsConfig';
import {
  readRetentionConfig,
  type RetentionConfig,
} from './sweeper/retention/retentionConfig';
import { readSweeperConfig, type SweeperConfig } from './sweeper/sweeperConfig';
import { readLanes } from './lanes/readLanes';
import {
  readMachineAccess,
  type MachineGrant,
} from './permissions/MachineAccess';
import type { ApprovalPolicy } from './runtime/approval/ApprovalPolicy';
import { readApprovalPolicy } from './runtime/approval/readApprovalPolicy';
import type { CriticSettings } from './runtime/critic/CriticSettings';
import { readCriticSettings } from './runtime/critic/readCriticSettings';

/** The settings of the host. Tools read theirs themselves. */
export interface AgenticConfig {
  /** Absolute path of the folder for everything that is kept on disk. */
  readonly dataDir: string;
  readonly engine: EngineConfig;
  readonly approvals: ApprovalPolicy;
  /** Who may ask for work where. */
  readonly environments: EnvironmentRules;
  /** What machines may do. */
  readonly machines: readonly MachineGrant[];
  readonly critic: CriticSettings;
  readonly incidents: IncidentSettings;
  readonly secrets: {
    /** Keys of the portal's own store in base64; the first encrypts, all decrypt. */
    readonly keys: readonly string[];
    /** The store that takes new secrets. */
    readonly defaultStore: string;
    /** Stores of which the later ones are read while those before are away. */
    readonly stores: readonly string[];
    /** Entity refs of those who are told when a secret is due for a new value. */
    readonly notify: readonly string[];
    /** Whether a key has to be configured. */
    readonly production: boolean;
  };
  readonly limits: LimitsConfig;
  readonly sweeper: SweeperConfig;
  /** The lanes an operator has given agents, by id. */
  readonly lanes: Readonly<Record<string, Lane>>;
  readonly retention: RetentionConfig;
}

/** Reads `agentic.*`. Throws naming the key and the remedy. */
export function readAgenticConfig(config: Config): AgenticConfig {
  const stores = config.getOptionalStringArray('agentic.secrets.stores') ?? [];
  return {
    dataDir: path.resolve(
      config.getOptionalString('agentic.dataDir') ?? '.agentic',
    ),
    engine: readEngineConfig(config),
    approvals: readApprovalPolicy(config),
    environments: readEnvironmentRules(config),
    machines: readMachineAccess(config),
    critic: readCriticSettings(config),
    incidents: readIncidentSettings(config),
    secrets: {
      stores,
      keys: config.getOptionalStringArray('agentic.secrets.keys') ?? [],
      defaultStore:
        config.getOptionalString('agentic.secrets.defaultStore') ??
        stores[0] ??
        'portal',
      notify: config.getOptionalStringArray('agentic.secrets.notify') ?? [],
      production: process.env.NODE_ENV === 'production',
    },
    limits: readLimitsConfig(config),
    sweeper: readSweeperConfig(config),
    lanes: readLanes(config),
    retention: readRetentionConfig(config),
  };
}
