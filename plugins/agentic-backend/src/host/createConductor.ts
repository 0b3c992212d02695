import type { AgenticRecords } from '@agentic-backstage/plugin-agentic-node';
import type { AgenticConfig } from '../config';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { DatabaseArtifacts } from '../database/DatabaseArtifacts';
import type { WorkflowStore } from '../database/WorkflowStore';
import type { KillSwitchService } from '../killSwitch/KillSwitchService';
import type { Lanes } from '../lanes/Lanes';
import type { UsageLedger } from '../limits/UsageLedger';
import { AgentContexts } from '../runtime/AgentContexts';
import { Compensation } from '../runtime/Compensation';
import { Conductor } from '../runtime/Conductor';
import type { Critic } from '../runtime/critic/Critic';
import type { EffectLedger } from '../runtime/guard/EffectLedger';
import type { GuardCalls } from '../runtime/guard/GuardCalls';
import type { InFlight } from '../runtime/guard/InFlight';
import type { Registry } from '../runtime/Registry';
import { ApprovalStage } from '../runtime/task/ApprovalStage';
import { PrepareStage } from '../runtime/task/PrepareStage';
import { RunStage } from '../runtime/task/RunStage';
import { TaskRunner } from '../runtime/task/TaskRunner';
import type { WorkflowProgram } from '../runtime/WorkflowEngine';
import { observedProgram } from '../telemetry/observedProgram';
import { observedStage } from '../telemetry/observedStage';
import { WorkflowTraces } from '../telemetry/WorkflowTraces';

/** What carries a workflow from task to task, and what undoes it. */
export function createConductor(options: {
  config: AgenticConfig;
  database: AgenticDatabase;
  registry: Registry;
  store: WorkflowStore;
  guard: GuardCalls;
  artifacts: DatabaseArtifacts;
  records: AgenticRecords;
  usage: UsageLedger;
  ledger: EffectLedger;
  lanes: Lanes;
  critic: Critic;
  killSwitch: KillSwitchService;
  inFlight: InFlight;
}): { conductor: WorkflowProgram; compensation: Compensation } {
  const { config, database, registry, store, guard, artifacts } = options;
  const { records, usage, ledger, lanes, critic, killSwitch } = options;
  const { inFlight } = options;
  const contexts = new AgentContexts({
    guard,
    artifacts,
    records,
    usage,
    budgets: config.limits.budgets,
  });
  const compensation = new Compensation({
    database,
    store,
    registry,
    contexts,
    guard,
  });
  const conductor = observedProgram(
    new Conductor({
      database,
      store,
      compensation,
      tasks: new TaskRunner({
        database,
        store,
        registry,
        killSwitch,
        inFlight,
        stages: {
          preparing: observedStage(
            'prepare',
            new PrepareStage({
              database,
              contexts,
              guard,
              ledger,
              lanes,
              approvals: config.approvals,
              critic,
            }),
          ),
          awaiting_approval: new ApprovalStage({ database }),
          running: observedStage(
            'run',
            new RunStage({ database, contexts, critic }),
          ),
        },
      }),
    }),
    new WorkflowTraces(database.knex),
  );
  return { conductor, compensation };
}
