import type { PolicyRule } from '../rules/PolicyRule';
import { BACKUP_RULES } from './cloud/backup';
import { CLOUD_CONTAINER_RULES } from './cloud/containers';
import { ENCRYPTION_RULES } from './cloud/encryption/encryptionRules';
import { GOVERNANCE_RULES } from './cloud/governance';
import { IDENTITY_RULES } from './cloud/identity';
import { NETWORK_RULES } from './cloud/network';
import { PUBLIC_STORAGE_RULES } from './cloud/publicStorage';
import { COMMAND_RULES } from './dockerfile/commandRules';
import { INSTRUCTION_RULES } from './dockerfile/instructionRules';
import { IMAGE_USER_RULES } from './dockerfile/userRules';
import { CONTAINER_RULES } from './kubernetes/containerRules';
import { IMAGE_RULES } from './kubernetes/imageRules';
import { HOST_RULES } from './kubernetes/hostRules';
import { PROFILE_RULES } from './kubernetes/profileRules';
import { RESOURCE_RULES } from './kubernetes/resourceRules';
import { USER_RULES } from './kubernetes/userRules';
import { PIPELINE_RULES } from './pipelines/pipelineRules';
import { SECRET_RULES } from './secrets/secretRules';

/** A set of rules that is versioned as one. */
export interface PolicyPack {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly rules: readonly PolicyRule[];
}

/** The packs that come with the package. */
export const POLICY_PACKS: readonly PolicyPack[] = [
  {
    name: 'cloud-security',
    version: '1.0.0',
    title: 'Clouds: storage, encryption, rights, networks',
    rules: [
      ...PUBLIC_STORAGE_RULES,
      ...ENCRYPTION_RULES,
      ...IDENTITY_RULES,
      ...NETWORK_RULES,
      ...CLOUD_CONTAINER_RULES,
    ],
  },
  {
    name: 'operations',
    version: '1.0.0',
    title: 'Operation and cost: backups, sizes, tags',
    rules: [...BACKUP_RULES, ...GOVERNANCE_RULES],
  },
  {
    name: 'kubernetes',
    version: '1.0.0',
    title: 'Kubernetes: pod security standards, users, resources',
    rules: [
      ...HOST_RULES,
      ...CONTAINER_RULES,
      ...PROFILE_RULES,
      ...USER_RULES,
      ...RESOURCE_RULES,
    ],
  },
  {
    name: 'supply-chain',
    version: '1.0.0',
    title: 'Images, Dockerfiles, pipelines, secrets',
    rules: [
      ...IMAGE_RULES,
      ...IMAGE_USER_RULES,
      ...INSTRUCTION_RULES,
      ...COMMAND_RULES,
      ...PIPELINE_RULES,
      ...SECRET_RULES,
    ],
  },
];

/** Every rule of every pack. */
export const POLICY_RULES: readonly PolicyRule[] = POLICY_PACKS.flatMap(
  ({ rules }) => rules,
);
