import type { Config } from '@backstage/config';
import { readEngineConfig } from '../../engine/engineConfig';
import { readAgenticConfig } from '../../config';
import { readEnvironmentRules } from '../../environments/readEnvironmentRules';
import { readLanes } from '../../lanes/readLanes';
import { readLimitsConfig } from '../../limits/limitsConfig';
import { readMachineAccess } from '../../permissions/MachineAccess';
import { readApprovalPolicy } from '../../runtime/approval/readApprovalPolicy';
import { readCriticSettings } from '../../runtime/critic/readCriticSettings';
import { readSweeperConfig } from '../../sweeper/sweeperConfig';
import { readLocalPostgresOptions } from '../../tools/localPostgres/localPostgresOptions';
import { readLocalProcessOptions } from '../../tools/localProcess/localProcessOptions';
import type { Check } from '../Check';
import { broken, fine, type Finding } from '../Finding';

const ID = 'config.settings';
const CHECKED = 'Every setting below agentic can be read';

/** Each reads a part, so that all mistakes are told at once. The last one reads what the others do not. */
const READERS: readonly ((config: Config) => unknown)[] = [
  readApprovalPolicy,
  readEnvironmentRules,
  readMachineAccess,
  readCriticSettings,
  readEngineConfig,
  readLimitsConfig,
  readSweeperConfig,
  readLanes,
  readLocalProcessOptions,
  readLocalPostgresOptions,
  readAgenticConfig,
];

/** Reads all settings as the portal does at its start, where the first mistake would end it. */
export const settingsCheck: Check = {
  id: 'config',
  title: 'Settings',
  look: async ({ config }) => {
    const mistakes = new Set(
      READERS.flatMap(read => {
        try {
          read(config);
          return [];
        } catch (error) {
          return [error instanceof Error ? error.message : String(error)];
        }
      }),
    );
    return mistakes.size === 0
      ? [fine(ID, CHECKED, 'All can be read')]
      : [...mistakes].map(toFinding);
  },
};

function toFinding(message: string): Finding {
  const [found, ...remedy] = message.split('; ');
  return broken(
    ID,
    CHECKED,
    found,
    remedy.join('; ') ||
      'Change the key; docs/reference/configuration.md has all of them',
  );
}
