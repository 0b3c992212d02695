import type { Plan } from '@agentic-backstage/plugin-agentic-common';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  ADA,
  BEN,
  CHIARA,
  testConfig,
} from '../../../__testUtils__/createTestHost';
import {
  quietLogger,
  quietServices,
} from '../../../__testUtils__/quietServices';
import { testEnvironments } from '../../../__testUtils__/testEnvironments';
import { samplePlanDraft } from '../../../__testUtils__/sampleWorld';
import { createHost, type Host } from '../../../createHost';
import type { AgenticDatabase } from '../../../database/AgenticDatabase';
import { Registry } from '../../Registry';
import type { WorkflowEngine } from '../../WorkflowEngine';
import { inProcess, ModelProcess } from './CrashingKnex';
import {
  DECLARED_TOOL,
  modelAgent,
  UNDECLARED_TOOL,
  type Misuse,
} from './modelAgent';
import type { ModelWorld, Witness } from './ModelWorld';
import type { Scenario } from './Scenario';

/** Who may ask for work in the model. */
export const TEAM = 'group:default/team-payments';

const PEOPLE = { ada: ADA, ben: BEN, chiara: CHIARA } as const;
const MAX_STEPS = 40;

/** Only the team may ask for work, whatever the environment. */
const OF_THE_TEAM = Object.fromEntries(
  Object.entries(testEnvironments).map(([name, rule]) => [
    name,
    { ...rule, requesters: [TEAM] },
  ]),
);

/** What the people who signed had before their eyes, by approval. */
export interface Granted {
  readonly planHash: string;
  readonly effects: ReadonlyArray<{
    readonly effectId: string;
    readonly tool: string;
    readonly params: string;
  }>;
}

/** The runs are driven by the model, one step after the other. */
const idleEngine: WorkflowEngine = {
  launch: async () => undefined,
  startRun: async () => undefined,
  signal: async () => undefined,
  stateOf: async () => 'absent',
  listRunning: async () => [],
  endRun: async () => undefined,
  countEndedBefore: async () => 0,
  deleteEndedBefore: async () => 0,
  checkHealth: async () => undefined,
  shutdown: async () => undefined,
};

/** The real host on a real database, in a process that may die and start again. */
export class ModelPortal {
  readonly granted = new Map<string, Granted>();
  readonly misuses: Misuse[] = [];
  /** Tasks of which a person took something back. */
  readonly undoneByPeople = new Set<string>();
  /** What happens while the agent works, before an effect. */
  beforeEffects: () => Promise<void> = async () => undefined;
  workflowId: string | undefined;
  /** The refs of who asked, as the catalog has them now. */
  requesterRefs: readonly string[] = ADA.ownershipEntityRefs;
  /** How many replicas of the portal share the database. */
  replicas = 1;
  process = new ModelProcess();
  host: Host;

  constructor(
    private readonly options: {
      knex: Knex;
      database: AgenticDatabase;
      scenario: Scenario;
      world: ModelWorld;
      witness: Witness;
    },
  ) {
    this.host = this.#start();
  }

  /** Asks for the workflow of the scenario. Answers false when it was refused. */
  async request(): Promise<boolean> {
    const { environment } = this.options.scenario;
    try {
      const { stored } = await this.host.workflows.create(
        {
          template: 'sample',
          dryRun: false,
          parameters: { serviceName: 'model-service', environment },
        },
        ADA,
      );
      this.workflowId = stored.row.id;
      return true;
    } catch {
      return false;
    }
  }

  /** Lets the workflow go as far as it goes, through crashes. */
  async drive(): Promise<void> {
    for (let step = 0; step < MAX_STEPS; step++) {
      const before = await this.#state();
      const more = await inProcess(this.process, () => this.#advance());
      if (this.process.dead) {
        await this.restart();
      } else if (!more || (await this.#state()) === before) {
        return;
      }
    }
  }

  /** Lets somebody sign what is asked for now. Refusals are theirs to bear. */
  async sign(who: keyof typeof PEOPLE, yes: boolean): Promise<void> {
    const { knex } = this.options;
    const [open] = await this.host.approvals.list({
      workflowId: this.workflowId,
      status: 'open',
    });
    if (!open) return;
    const shown = await knex('effects')
      .where('approval_id', open.approvalId)
      .select('effect_id', 'tool', 'params');
    try {
      const { status } = await this.host.approvals.decide(
        open.approvalId,
        {
          decision: yes ? 'approve' : 'reject',
          reason: 'seen',
          scopeHash: open.scopeHash,
        },
        PEOPLE[who],
      );
      if (status === 'approved') {
        this.granted.set(open.approvalId, {
          planHash: open.planHash,
          effects: shown.map(row => ({
            effectId: row.effect_id,
            tool: row.tool,
            params: row.params,
          })),
        });
      }
    } catch {
      // Somebody who may not sign is told so.
    }
  }

  /** The process has died: another one takes over what is in the database. */
  async restart(): Promise<void> {
    this.process = new ModelProcess();
    await this.options.knex('tasks').update({
      lease_owner: null,
      lease_until: null,
    });
    this.host = this.#start();
  }

  /** Answers whether there may be more to do. */
  async #advance(): Promise<boolean> {
    const { program, store } = this.host;
    const row = await store.row(this.workflowId!);
    if (!row) throw new NotFoundError(`No workflow '${this.workflowId}'`);
    const run = { workflowId: row.id, generation: row.generation };
    const decision = await program.advanceWorkflow(run);
    if (decision.status !== 'wait') return decision.status === 'continue';
    for (const task of decision.start) {
      let advance = await program.advanceTask(task);
      for (let n = 0; advance.status === 'continue' && n < MAX_STEPS; n++) {
        advance = await program.advanceTask(task);
      }
    }
    return true;
  }

  /** Everything that tells whether a step has changed something. */
  async #state(): Promise<string> {
    const { knex } = this.options;
    return JSON.stringify([
      await knex('workflows').select('phase', 'generation'),
      await knex('tasks').select('task_id', 'status', 'attempt'),
      await knex('effects').select('effect_id', 'status', 'approval_id'),
    ]);
  }

  #start(): Host {
    const { database, scenario, world, witness } = this.options;
    const registry = new Registry();
    registry.addTool(world.tool(DECLARED_TOOL, witness));
    registry.addTool(world.tool(UNDECLARED_TOOL, witness));
    registry.addEvaluator(world.evaluator());
    registry.addAgent(
      modelAgent({
        scenario,
        misuses: this.misuses,
        beforeEffects: () => this.beforeEffects(),
      }),
    );
    registry.setPlanner({
      plan: async ({ parameters }) => ({
        status: 'planned',
        draft: planOf(scenario, {
          serviceName: parameters.serviceName!,
          environment: parameters.environment!,
        }),
      }),
    });
    const host = createHost({
      config: {
        ...testConfig('unused'),
        environments: OF_THE_TEAM,
        lanes: {},
      },
      database,
      registry,
      logger: quietLogger,
      ...quietServices(),
      memberships: { of: async () => this.requesterRefs },
      engine: idleEngine,
      readBackPauseMs: 0,
    });
    // SQLite has one replica; the model may have more.
    Object.assign(host.replicas, { count: async () => this.replicas });
    return host;
  }
}

function planOf(
  scenario: Scenario,
  intent: Pick<Plan['intent'], 'serviceName' | 'environment'>,
) {
  const draft = samplePlanDraft(
    scenario.tasks.map((makes, index) => ({
      id: `t${index + 1}`,
      after: index === 0 ? [] : [`t${index}`],
      makes,
    })),
    intent,
  );
  return {
    ...draft,
    tasks: draft.tasks.map(task => ({
      ...task,
      policy: {
        ...task.policy,
        maxAttempts: 2,
        initialBackoffSeconds: 0,
        maxBackoffSeconds: 0,
      },
    })),
  };
}
