import type { AgenticConfig } from '../config';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { createEnvironmentGate } from '../environments/environmentGate';
import { createLocalTargetGate } from '../environments/localTargetGate';
import type { Replicas } from '../environments/Replicas';
import { killSwitchGate } from '../killSwitch/killSwitchGate';
import type { KillSwitchService } from '../killSwitch/KillSwitchService';
import type { Lanes } from '../lanes/Lanes';
import { createLimitsGate } from '../limits/limitsGate';
import { createLoopGate } from '../limits/loopGate';
import type { UsageLedger } from '../limits/UsageLedger';
import type { WorkflowStore } from '../database/WorkflowStore';
import type { Memberships } from '../permissions/CatalogMemberships';
import type { Dependencies } from '../resilience/Dependencies';
import type { Critic } from '../runtime/critic/Critic';
import type { EffectLedger } from '../runtime/guard/EffectLedger';
import { createGates } from '../runtime/guard/gates/createGates';
import { criticGate } from '../runtime/guard/gates/criticGate';
import { signaturesGate } from '../runtime/guard/gates/signaturesGate';
import { Guard } from '../runtime/guard/Guard';
import type { GuardCalls } from '../runtime/guard/GuardCalls';
import type { InFlight } from '../runtime/guard/InFlight';
import type { PolicyDecisionPoint } from '../runtime/PolicyDecisionPoint';
import type { Registry } from '../runtime/Registry';
import { observedGate } from '../telemetry/observedGate';
import { observedGuard } from '../telemetry/observedGuard';

/** The guard with every gate, in the order in which they are asked. */
export function createGuard(options: {
  config: AgenticConfig;
  database: AgenticDatabase;
  registry: Registry;
  memberships: Memberships;
  policy: PolicyDecisionPoint;
  ledger: EffectLedger;
  secrets: ConstructorParameters<typeof Guard>[0]['secrets'];
  dependencies: Dependencies;
  inFlight: InFlight;
  killSwitch: KillSwitchService;
  lanes: Lanes;
  usage: UsageLedger;
  replicas: Replicas;
  store: WorkflowStore;
  critic: Critic;
  readBackPauseMs?: number;
}): GuardCalls {
  const { config, database, registry, killSwitch, lanes, usage } = options;
  const { knex } = database;
  const limitsGate = createLimitsGate({ usage, limits: config.limits });
  const loopGate = createLoopGate({
    knex,
    registry,
    usage,
    limits: config.limits,
  });
  const environmentGate = createEnvironmentGate({
    rules: config.environments,
    machines: config.machines,
    memberships: options.memberships,
  });
  const localTargetGate = createLocalTargetGate({
    registry,
    replicas: options.replicas,
  });
  const gates = createGates({
    first: [killSwitchGate(killSwitch)],
    registry,
    lanes,
    more: [environmentGate, localTargetGate, limitsGate, loopGate],
    last: [signaturesGate(config.approvals), criticGate(options)],
  });
  return observedGuard(
    new Guard({ ...options, knex, gates: gates.map(observedGate) }),
  );
}
