import type {
  CriticVerdict,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  Agent,
  CriticEffect,
  CriticRule,
  CriticSubject,
} from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  findCriticVerdicts,
  insertCriticVerdict,
  lastCriticVerdict,
  latestVerdicts,
} from '../../database/CriticVerdictStore';
import type { DatabaseArtifacts } from '../../database/DatabaseArtifacts';
import { effectsOfTask } from '../../database/EffectStore';
import { isoNow } from '../../database/rows';
import type { StoredWorkflow } from '../../database/WorkflowStore';
import { approvalRulesOf } from '../approval/approvalChain';
import type { ApprovalPolicy } from '../approval/ApprovalPolicy';
import type { Registry } from '../Registry';
import { redactDeep } from '../redact';
import { builtInRules } from './builtInRules';
import type { CriticSettings } from './CriticSettings';
import { reviewSubject, subjectDigestOf } from './reviewSubject';
import { tasksBehind } from './tasksBehind';

type ReviewedAgent = Pick<Agent, 'id' | 'version' | 'lane' | 'artifacts'>;
type ReviewedEffect = Pick<
  Effect,
  'effectId' | 'key' | 'tool' | 'params' | 'dryRun' | 'verdict' | 'blastRadius'
> & { readonly rollbackStrategy: string };

/** A task with the workflow it belongs to and the agent that works on it. */
export interface ReviewedTask {
  readonly stored: StoredWorkflow;
  readonly taskId: string;
  readonly agent: ReviewedAgent;
}

/**
 * Reviews what agents give before it is promoted: a task's effects before people are asked, and its
 * output before other tasks build on it. A verdict that stands for the same subject is answered
 * again; one that has run out, or was about something else, is not.
 */
export class Critic {
  readonly #knex: Knex;
  readonly #artifacts: DatabaseArtifacts;
  readonly #registry: Pick<Registry, 'tool' | 'reviewedAgent' | 'criticRules'>;
  readonly #settings: CriticSettings;
  readonly #policy: Pick<ApprovalPolicy, 'environments'>;

  constructor(options: {
    knex: Knex;
    artifacts: DatabaseArtifacts;
    registry: Pick<Registry, 'tool' | 'reviewedAgent' | 'criticRules'>;
    settings: CriticSettings;
    policy: Pick<ApprovalPolicy, 'environments'>;
  }) {
    this.#knex = options.knex;
    this.#artifacts = options.artifacts;
    this.#registry = options.registry;
    this.#settings = options.settings;
    this.#policy = options.policy;
  }

  /** The verdict about what a task wants to do to the world. The caller keeps it with what follows from it. */
  async reviewEffects(
    task: ReviewedTask,
    effects: readonly ReviewedEffect[],
  ): Promise<CriticVerdict> {
    const behind = tasksBehind(task.stored.plan, task.taskId);
    const made = await this.#artifacts.list(task.stored.row.id);
    return this.#review({
      ...this.#about(task),
      stage: 'effects',
      artifacts: made.filter(({ taskId }) => behind.has(taskId ?? '')),
      effects: effects.map(effect => this.#toCriticEffect(effect)),
      earlier: (await this.#verdictsOf(task)).filter(
        ({ stage, taskId }) => stage === 'output' && behind.has(taskId),
      ),
    });
  }

  /** The verdict about what a task gave. The caller keeps it with what follows from it. */
  async reviewOutput(
    task: ReviewedTask,
    output: Record<string, unknown>,
  ): Promise<CriticVerdict> {
    const made = await this.#artifacts.list(task.stored.row.id);
    return this.#review({
      ...this.#about(task),
      stage: 'output',
      output: redactDeep(output),
      artifacts: made.filter(({ taskId }) => taskId === task.taskId),
      effects: [],
      earlier: [],
    });
  }

  /** The verdict about the effects of a task that stands, if it has not run out. */
  async standing(task: {
    readonly workflowId: string;
    readonly taskId: string;
  }): Promise<CriticVerdict | undefined> {
    const last = await lastCriticVerdict(this.#knex, {
      ...task,
      stage: 'effects',
    });
    return last && last.expiresAt > isoNow() ? last : undefined;
  }

  /**
   * The verdict that holds now about the effects of a task. One that has run out is made anew and
   * kept at once, so that nothing is carried out on the word of an old one.
   */
  async current(task: Omit<ReviewedTask, 'agent'>): Promise<CriticVerdict> {
    const { stored, taskId } = task;
    const last = await this.standing({ workflowId: stored.row.id, taskId });
    if (last) return last;
    const row = stored.tasks.find(each => each.task_id === taskId);
    const verdict = await this.reviewEffects(
      { ...task, agent: this.#registry.reviewedAgent(row?.agent ?? '') },
      await effectsOfTask(this.#knex, stored.row.id, taskId),
    );
    await this.#knex.transaction(trx => insertCriticVerdict(trx, verdict));
    return verdict;
  }

  /** The verdicts an approver should see: about the effects, and about the outputs they are made from. */
  async shownWith(
    task: Pick<ReviewedTask, 'stored' | 'taskId'>,
    verdict: CriticVerdict,
  ): Promise<[CriticVerdict, ...CriticVerdict[]]> {
    const behind = tasksBehind(task.stored.plan, task.taskId);
    const earlier = await this.#verdictsOf(task);
    return [
      verdict,
      ...earlier.filter(
        ({ stage, taskId }) => stage === 'output' && behind.has(taskId),
      ),
    ];
  }

  get #rules(): readonly CriticRule[] {
    return [...builtInRules(this.#settings), ...this.#registry.criticRules];
  }

  async #review(subject: CriticSubject): Promise<CriticVerdict> {
    const subjectDigest = subjectDigestOf(subject);
    const { workflowId, stage } = subject;
    const { taskId } = subject.task;
    const now = isoNow();
    const last = await lastCriticVerdict(this.#knex, {
      workflowId,
      taskId,
      stage,
    });
    if (last?.subjectDigest === subjectDigest && last.expiresAt > now) {
      return last;
    }
    const review = await reviewSubject(this.#rules, subject);
    return {
      verdictId: randomUUID(),
      workflowId,
      taskId,
      stage,
      decision: review.decision,
      findings: [...review.findings],
      rules: [...review.rules],
      subjectDigest,
      createdAt: now,
      expiresAt: new Date(
        Date.now() + this.#settings.validHours * 3_600_000,
      ).toISOString(),
    };
  }

  #about({
    stored,
    taskId,
    agent,
  }: ReviewedTask): Pick<
    CriticSubject,
    | 'workflowId'
    | 'requestedBy'
    | 'environment'
    | 'production'
    | 'agent'
    | 'plan'
    | 'task'
    | 'files'
  > {
    const { row, plan } = stored;
    const task = plan.tasks.find(planned => planned.taskId === taskId);
    if (!task) {
      throw new Error(`Task '${taskId}' is not in the plan of '${row.id}'`);
    }
    return {
      workflowId: row.id,
      requestedBy: row.requested_by,
      environment: row.environment,
      production: approvalRulesOf(this.#policy, row.environment).production,
      agent,
      plan,
      task,
      files: artifactId => this.#artifacts.files(row.id, artifactId),
    };
  }

  #toCriticEffect(effect: ReviewedEffect): CriticEffect {
    const tool = this.#registry.tool(effect.tool);
    const { effectId, key, params, dryRun, verdict, blastRadius } = effect;
    return {
      effectId,
      key,
      tool: effect.tool,
      params,
      dryRun,
      verdict,
      blastRadius,
      rollbackStrategy: effect.rollbackStrategy,
      estimatedCost:
        tool.lane === 'execute'
          ? tool.estimateCost(params)
          : { status: 'unknown', currency: 'USD', lines: [] },
    };
  }

  /** The last verdict of each task and stage of the workflow. */
  async #verdictsOf({
    stored,
  }: Pick<ReviewedTask, 'stored'>): Promise<CriticVerdict[]> {
    return latestVerdicts(
      await findCriticVerdicts(this.#knex, { workflowId: stored.row.id }),
    );
  }
}
