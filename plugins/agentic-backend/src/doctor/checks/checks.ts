import type { Check } from '../Check';
import { contradictionsCheck } from './contradictionsCheck';
import { databaseCheck } from './databaseCheck';
import { engineCheck } from './engineCheck';
import { machineCheck } from './machineCheck';
import { portalCheck } from './portalCheck';
import { runtimesCheck } from './runtimesCheck';
import { schemaCheck } from './schemaCheck';
import { secretsCheck } from './secretsCheck';
import { settingsCheck } from './settingsCheck';
import { vaultCheck } from './vaultCheck';

/** Everything the doctor looks at, in the order in which it tells: what others depend on comes first. */
export const CHECKS: readonly Check[] = [
  machineCheck,
  schemaCheck,
  settingsCheck,
  contradictionsCheck,
  databaseCheck,
  engineCheck,
  secretsCheck,
  vaultCheck,
  runtimesCheck,
  portalCheck,
];
