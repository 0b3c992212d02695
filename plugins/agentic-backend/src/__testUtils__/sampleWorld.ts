import type { PlannedChange } from '@agentic-backstage/plugin-agentic-common';
import {
  createAgent,
  createEffectTool,
  type Agent,
  type EffectTool,
  type PlanDraft,
  type Planner,
} from '@agentic-backstage/plugin-agentic-node';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  appendFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * A small world of real files for tests of the host: each effect makes one file, and a ledger notes
 * every time something was really done, so that a test can count effects after any crash.
 */
export class SampleWorld {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  path(name: string): string {
    return join(this.folder, `${name}.json`);
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  make(name: string, key: string): void {
    writeFileSync(this.path(name), JSON.stringify({ key }));
    this.note(`made ${name}`);
  }

  keyOf(name: string): string | undefined {
    return this.has(name)
      ? JSON.parse(readFileSync(this.path(name), 'utf8')).key
      : undefined;
  }

  remove(name: string): void {
    rmSync(this.path(name));
    this.note(`removed ${name}`);
  }

  note(line: string): void {
    appendFileSync(join(this.folder, 'ledger.txt'), `${line}\n`);
  }

  get ledger(): string[] {
    const file = join(this.folder, 'ledger.txt');
    return existsSync(file)
      ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean)
      : [];
  }
}

/** What a test may make go wrong. Each is asked at the moment it matters. */
export interface SampleFaults {
  /** Throws to make the execution of an effect fail. */
  beforeMake?(name: string): void | Promise<void>;
  afterMake?(name: string): void | Promise<void>;
  /** Throws to make the work of an agent fail. */
  duringWork?(
    taskId: string,
    attempt: number,
    signal: AbortSignal,
  ): void | Promise<void>;
  /** Throws to make the undoing of an effect fail. */
  beforeRemove?(name: string): void;
  /** What a look at the world answers instead of the truth. */
  lookAs?(name: string): 'confirmed' | 'absent' | 'unknown' | undefined;
  /** What a dry run answers instead of the truth. */
  dryRunAs?(name: string): PlannedChange[] | undefined;
  /** The files a thought leaves instead of its note. */
  filesOf?(taskId: string): Array<{ path: string; content: string }>;
}

const now = (): string => new Date().toISOString();
const MakeParams = z.object({
  name: z.string().min(1),
  artifactIds: z.array(z.string()).optional(),
});
const MakeResult = z.object({ made: z.string() });

/** The tool `world.make`: makes one file. */
export function createWorldTool(
  world: SampleWorld,
  faults: SampleFaults = {},
): EffectTool<z.infer<typeof MakeParams>, z.infer<typeof MakeResult>> {
  return createEffectTool({
    id: 'world.make',
    title: 'Make a file',
    description: 'Makes a file in the sample world',
    schema: MakeParams,
    result: MakeResult,
    blastRadius: ({ name }) => ({
      scope: 'service',
      destructive: false,
      description: `one file ${name}`,
    }),
    validate: async ({ name }) =>
      name === 'forbidden'
        ? [
            {
              field: 'name',
              message: 'This name is forbidden.',
              remedy: 'Choose another.',
            },
          ]
        : [],
    dryRun: async ({ name }) => ({
      summary: `would make ${name}`,
      changes: faults.dryRunAs?.(name) ?? [
        {
          action: world.has(name) ? 'none' : 'create',
          resource: name,
          detail: 'a file',
        },
      ],
      warnings: [],
    }),
    async execute({ name }, { idempotencyKey }) {
      await faults.beforeMake?.(name);
      if (world.keyOf(name) !== idempotencyKey) {
        world.make(name, idempotencyKey);
      }
      await faults.afterMake?.(name);
      return { made: name };
    },
    async readBack({ name }, _result, { idempotencyKey }) {
      const state =
        faults.lookAs?.(name) ??
        (world.keyOf(name) === idempotencyKey
          ? ('confirmed' as const)
          : ('absent' as const));
      return {
        state,
        evidence: `${name} is ${state}`,
        observedAt: now(),
        ...(state === 'confirmed' && { result: { made: name } }),
      };
    },
    async rollback({ name }) {
      faults.beforeRemove?.(name);
      if (world.has(name)) world.remove(name);
      return {
        state: 'absent',
        evidence: `${name} is gone`,
        observedAt: now(),
      };
    },
    rollbackStrategy: ({ name }) => `Remove ${name}`,
    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [],
    }),
  });
}

const Input = z.object({
  makes: z.array(z.string()).default([]),
  strategy: z.literal('rolling').optional(),
});
const Output = z.object({ did: z.string() });

/** The agent `maker`, which makes the files its task names, and `thinker`, which makes none. */
export function createSampleAgents(faults: SampleFaults = {}): Agent[] {
  const maker = createAgent({
    id: 'maker',
    title: 'Maker',
    description: 'Makes files',
    version: '1.0.0',
    lane: 'execute',
    input: Input,
    output: Output,
    emits: ['infra.provisioned'],
    tools: ['world.make'],
    plan: async ({ input }) =>
      input.makes.map(name => ({
        key: name,
        tool: 'world.make',
        params: { name },
      })),
    async execute({ input, effects, emit, task, workflow, signal }) {
      await faults.duringWork?.(task.taskId, task.attempt, signal);
      for (const name of input.makes) await effects.apply(name);
      emit('infra.provisioned', {
        workflow_id: workflow.workflowId,
        service_name: workflow.intent.serviceName,
        environment: workflow.intent.environment,
        resources: input.makes,
      });
      return { did: input.makes.join(',') };
    },
  });
  const thinker = createAgent({
    id: 'thinker',
    title: 'Thinker',
    description: 'Writes a note',
    version: '1.0.0',
    input: Input,
    output: Output,
    permissions: ['artifacts.write'],
    emits: [],
    tools: [],
    async execute({ artifacts, log, task, signal }) {
      await faults.duringWork?.(task.taskId, task.attempt, signal);
      log.info(`thinking in ${task.taskId}`);
      await artifacts.save({
        name: task.taskId,
        files: faults.filesOf?.(task.taskId) ?? [
          { path: `${task.taskId}.md`, content: `# ${task.title}\n` },
        ],
      });
      return { did: 'thought' };
    },
  });
  return [maker, thinker];
}

/** One task of a sample plan; `makes` turns it into a maker's. */
export interface SampleTask {
  readonly id: string;
  readonly after?: readonly string[];
  readonly makes?: readonly string[];
  /** Another agent than these two. */
  readonly agent?: string;
  readonly maxAttempts?: number;
  readonly timeoutSeconds?: number;
}

/** A diamond: two thoughts side by side, two files, one thought. */
export const DIAMOND: readonly SampleTask[] = [
  { id: 't1' },
  { id: 't2' },
  { id: 't3', after: ['t1', 't2'], makes: ['repo', 'process'] },
  { id: 't4', after: ['t3'] },
];

/** The draft of a plan with these tasks, for a service of the sample company. */
export function samplePlanDraft(
  tasks: readonly SampleTask[],
  intent: { serviceName: string; environment: string; owner?: string },
): PlanDraft {
  return {
    template: 'sample',
    strategy: 'sample',
    intent: {
      type: 'create-service',
      description: 'A sample',
      owner: 'group:default/team-payments',
      language: 'nodejs',
      pattern: 'rest-api',
      database: 'none',
      port: 8080,
      highAvailability: false,
      origins: {},
      ...intent,
    },
    goals: [
      {
        id: 'g1',
        title: 'All of it',
        taskIds: tasks.map(task => task.id),
        goals: [],
      },
    ],
    tasks: tasks.map((task, index) => ({
      taskId: task.id,
      agent: task.agent ?? (task.makes ? 'maker' : 'thinker'),
      title: `Task ${task.id}`,
      goal: 'g1',
      dependsOn: [...(task.after ?? [])],
      priority: index + 1,
      estimatedSeconds: 60,
      input: task.makes
        ? { makes: [...task.makes], strategy: 'rolling' }
        : { makes: [] },
      policy: {
        maxAttempts: task.maxAttempts ?? 3,
        initialBackoffSeconds: 0.05,
        maxBackoffSeconds: 0.2,
        timeoutSeconds: task.timeoutSeconds ?? 90,
      },
    })),
    estimatedCost: { status: 'known', currency: 'USD', monthly: 0, lines: [] },
    estimatedSeconds: 60,
    risks: [],
    preChecks: [],
    stages: [{ stage: 'draft', summary: 'drafted', details: [] }],
  };
}

/** A planner that always gives the same tasks, and refuses the name `refused`. */
export function createSamplePlanner(tasks: readonly SampleTask[]): Planner {
  return {
    async plan(request) {
      const serviceName = request.parameters.serviceName ?? '';
      if (serviceName === '' || serviceName === 'refused') {
        return {
          status: 'refused',
          problems: [
            {
              field: 'parameters.serviceName',
              message: 'Refused.',
              remedy: 'Give another.',
            },
          ],
          questions: [],
        };
      }
      const { environment = 'staging', owner } = request.parameters;
      return {
        status: 'planned',
        draft: samplePlanDraft(tasks, {
          serviceName,
          environment,
          ...(owner && { owner }),
        }),
      };
    },
  };
}
