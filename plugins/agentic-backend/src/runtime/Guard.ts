import {
  laneAllows,
  type Effect,
  type Lane,
  type ReadBack,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  Agent,
  AppliedEffect,
  EffectTool,
  ProposedEffect,
  ReadBackOutcome,
  ToolContext,
  ToolExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { findApprovals } from '../database/ApprovalStore';
import {
  effectById,
  effectsOfWorkflow,
  updateEffect,
  type NewEffect,
  type StoredEffect,
} from '../database/EffectStore';
import { isoNow } from '../database/rows';
import type { WorkflowRow } from '../database/tables';
import { abortable } from './abortable';
import { digestOf } from './canonicalJson';
import type { PolicyDecisionPoint } from './PolicyDecisionPoint';
import { redact, redactDeep } from './redact';
import type { Registry } from './Registry';
import { TaskFailure } from './TaskFailure';

const READ_BACK_ATTEMPTS = 3;
const READ_BACK_PAUSE_MS = 1000;

/**
 * The hash an approval is bound to: the plan, where it applies, and exactly which tools with exactly
 * which parameters. Any change of any of them gives another hash.
 */
export function scopeHashOf(
  planHash: string,
  environment: string,
  effects: ReadonlyArray<Pick<Effect, 'effectId' | 'tool' | 'params'>>,
): string {
  return digestOf({
    planHash,
    environment,
    effects: effects
      .map(({ effectId, tool, params }) => ({
        effectId,
        tool,
        paramsDigest: digestOf(params),
      }))
      .sort((a, b) => (a.effectId < b.effectId ? -1 : 1)),
  });
}

/**
 * The one way to a tool. For an effect it walks, in this order: declared by the agent → lane →
 * parameters → dry run on record → verdict → approval for this plan and this scope, unexpired →
 * execute with an idempotency key → read back → record. Nothing else in the product calls a tool.
 */
export class Guard {
  readonly #knex: Knex;
  readonly #registry: Registry;
  readonly #policy: PolicyDecisionPoint;

  constructor(options: {
    knex: Knex;
    registry: Registry;
    policy: PolicyDecisionPoint;
  }) {
    this.#knex = options.knex;
    this.#registry = options.registry;
    this.#policy = options.policy;
  }

  /** Calls a read-only tool for an agent. */
  async read(
    agent: Agent,
    toolId: string,
    params: Record<string, unknown>,
    context: ToolContext,
  ): Promise<Record<string, unknown>> {
    this.#checkDeclared(agent, toolId);
    const tool = this.#registry.tool(toolId);
    if (tool.lane !== 'read_only') {
      throw new TaskFailure(
        `Tool '${toolId}' changes the world and cannot be called as a read; propose it as an effect`,
        { retryable: false },
      );
    }
    context.signal.throwIfAborted();
    const parsed = parseOrRefuse(tool, params);
    return redactDeep(
      tool.result.parse(await tool.read(parsed, context)) as Record<
        string,
        unknown
      >,
    );
  }

  /**
   * Checks, dry-runs and judges one proposed effect, changing nothing. Throws a final `TaskFailure`
   * when the parameters are wrong; a `deny` is answered, so that it can be put on record.
   */
  async propose(
    agent: Agent,
    proposal: ProposedEffect & { round: number },
    context: ToolContext,
  ): Promise<NewEffect> {
    const tool = this.#effectTool(agent, proposal.tool, 'dry_run');
    const params = parseOrRefuse(tool, proposal.params) as Record<
      string,
      unknown
    >;
    const problems = await tool.validate(params, context);
    if (problems.length > 0) {
      throw new TaskFailure(
        problems
          .map(
            problem => `${proposal.tool}: ${problem.message} ${problem.remedy}`,
          )
          .join('; '),
        { retryable: false },
      );
    }
    context.signal.throwIfAborted();
    const dryRun = redactDeep(await tool.dryRun(params, context));
    const verdict = await this.#policy.decide({
      kind: 'effect',
      environment: context.environment,
      tool: tool.id,
      params,
      dryRun,
      files: await filesBehind(params, context),
    });
    const suffix = proposal.round > 1 ? `.r${proposal.round}` : '';
    return {
      effectId: `${context.workflowId}.${context.taskId}.${proposal.key}${suffix}`,
      key: proposal.key,
      round: proposal.round,
      tool: tool.id,
      params,
      paramsDigest: digestOf(params),
      blastRadius: tool.blastRadius(params),
      dryRun,
      verdict,
      rollbackStrategy: tool.rollbackStrategy(params),
    };
  }

  /** The digest of a proposal's parameters as the tool's schema reads them, by which it is known again. */
  paramsDigest(agent: Agent, proposal: ProposedEffect): string {
    const tool = this.#effectTool(agent, proposal.tool, 'dry_run');
    return digestOf(parseOrRefuse(tool, proposal.params));
  }

  /**
   * Executes an approved effect once and reads it back. When it was executed before, answers the
   * record; when a crash left it open, looks at the world first.
   */
  async apply(
    agent: Agent,
    effectId: string,
    workflow: WorkflowRow,
    context: ToolContext,
  ): Promise<AppliedEffect> {
    const effect = await this.#load(effectId);
    if (effect.status === 'confirmed') {
      return toApplied(effect);
    }
    const tool = this.#effectTool(agent, effect.tool, 'execute');
    await this.#checkMayExecute(effect, workflow);
    context.signal.throwIfAborted();
    const execution: ToolExecutionContext = {
      ...context,
      idempotencyKey: effectId,
      effectId,
    };

    let result: unknown;
    let seen: ReadBackOutcome<unknown> | undefined;
    if (effect.status === 'started' || effect.status === 'unknown') {
      context.log.info(
        `Looking whether '${effect.tool}' was done before the interruption`,
      );
      seen = await tool.readBack(effect.params, effect.result, execution);
      result = seen.result ?? effect.result;
    }
    if (!seen || seen.state !== 'confirmed' || result === undefined) {
      await updateEffect(this.#knex, effectId, {
        status: 'started',
        started: true,
      });
      try {
        result = tool.result.parse(
          await tool.execute(effect.params, execution),
        );
      } catch (error) {
        await updateEffect(
          this.#knex,
          effectId,
          {
            status: 'failed',
            error: redact(
              error instanceof Error ? error.message : String(error),
            ),
            finished: true,
          },
          ['started'],
        );
        throw error;
      }
      await updateEffect(this.#knex, effectId, { result: asRecord(result) });
      seen = await this.#readBackPatiently(tool, effect, result, execution);
    }
    const status = seen.state === 'confirmed' ? 'confirmed' : 'unknown';
    const record = {
      status,
      result: asRecord(result),
      readBack: toReadBack(seen),
      finished: true,
    } as const;
    await updateEffect(this.#knex, effectId, record, [
      'started',
      'unknown',
      'failed',
    ]);
    return toApplied({ ...effect, ...record });
  }

  /**
   * Undoes an effect and looks whether it is gone. Answers what it found; `absent` means undone.
   * What was never begun needs no undoing.
   */
  async undo(effectId: string, context: ToolContext): Promise<ReadBack> {
    const effect = await this.#load(effectId);
    if (effect.status === 'proposed') {
      return {
        state: 'absent',
        evidence: 'It was never begun',
        observedAt: isoNow(),
      };
    }
    if (effect.status === 'rolled_back') {
      return (
        effect.readBack ?? {
          state: 'absent',
          evidence: 'It was undone before',
          observedAt: isoNow(),
        }
      );
    }
    let seen: ReadBack;
    try {
      const tool = this.#registry.tool(effect.tool);
      if (tool.lane !== 'execute') {
        throw new Error(`Tool '${effect.tool}' has nothing to undo`);
      }
      const undoing = tool.rollback(effect.params, effect.result, {
        ...context,
        idempotencyKey: effectId,
        effectId,
      });
      seen = await abortable(undoing, context.signal);
    } catch (error) {
      seen = {
        state: 'unknown',
        evidence: `Undoing failed: ${
          error instanceof Error ? error.message : String(error)
        }`,
        observedAt: isoNow(),
      };
    }
    await updateEffect(this.#knex, effectId, {
      status: seen.state === 'absent' ? 'rolled_back' : 'rollback_failed',
      readBack: toReadBack(seen),
      finished: true,
    });
    return toReadBack(seen);
  }

  async #readBackPatiently(
    tool: EffectTool,
    effect: StoredEffect,
    result: unknown,
    context: ToolExecutionContext,
  ): Promise<ReadBackOutcome<unknown>> {
    let seen = await tool.readBack(effect.params, result, context);
    for (
      let attempt = 1;
      seen.state !== 'confirmed' && attempt < READ_BACK_ATTEMPTS;
      attempt++
    ) {
      await sleep(READ_BACK_PAUSE_MS, undefined, { signal: context.signal });
      seen = await tool.readBack(effect.params, result, context);
    }
    return seen;
  }

  async #checkMayExecute(
    effect: StoredEffect,
    workflow: WorkflowRow,
  ): Promise<void> {
    const refuse = (why: string): never => {
      throw new TaskFailure(`'${effect.tool}' was not carried out: ${why}`, {
        retryable: false,
      });
    };
    if (
      effect.status === 'rolled_back' ||
      effect.status === 'rollback_failed'
    ) {
      refuse('it was undone since; it has to be proposed again');
    }
    if (effect.verdict.decision === 'deny') {
      refuse(`policy denies it (${effect.verdict.reasons.join('; ')})`);
    }
    if (digestOf(effect.params) !== effect.paramsDigest) {
      refuse('its parameters are not the ones that were dry-run');
    }
    if (!effect.approvalId) {
      refuse('nobody was asked to approve it');
    }
    const [approval] = await findApprovals(this.#knex, {
      id: effect.approvalId,
    });
    if (!approval || approval.status !== 'approved') {
      refuse(`its approval is ${approval?.status ?? 'missing'}`);
    }
    if (approval.planHash !== workflow.plan_hash) {
      refuse('the plan has changed since it was approved');
    }
    if (approval.expiresAt < isoNow()) {
      refuse(`its approval expired at ${approval.expiresAt}`);
    }
    const approved = (await effectsOfWorkflow(this.#knex, workflow.id)).filter(
      other => other.approvalId === approval.approvalId,
    );
    if (
      scopeHashOf(approval.planHash, approval.environment, approved) !==
      approval.scopeHash
    ) {
      refuse('its approval covers other effects');
    }
  }

  async #load(effectId: string): Promise<StoredEffect> {
    const effect = await effectById(this.#knex, effectId);
    if (!effect) {
      throw new TaskFailure(
        `Effect '${effectId}' has no dry run on record; the agent must propose it when it plans`,
        { retryable: false },
      );
    }
    return effect;
  }

  #effectTool(agent: Agent, toolId: string, needed: Lane): EffectTool {
    this.#checkDeclared(agent, toolId);
    if (!laneAllows(agent.lane, needed)) {
      throw new TaskFailure(
        `Agent '${agent.id}' is in lane ${agent.lane} and may not use '${toolId}', which changes the world`,
        { retryable: false },
      );
    }
    const tool = this.#registry.tool(toolId);
    if (tool.lane !== 'execute') {
      throw new TaskFailure(
        `Tool '${toolId}' only reads; call it with tools.read instead of proposing it as an effect`,
        { retryable: false },
      );
    }
    return tool;
  }

  #checkDeclared(agent: Agent, toolId: string): void {
    if (!agent.tools.includes(toolId)) {
      throw new TaskFailure(
        `Agent '${agent.id}' has not declared tool '${toolId}'; add it to the agent's tools`,
        { retryable: false },
      );
    }
  }
}

function parseOrRefuse(
  tool: { id: string; schema: EffectTool['schema'] },
  params: unknown,
): unknown {
  const parsed = tool.schema.safeParse(params);
  if (!parsed.success) {
    const issues = parsed.error.issues
      .map(issue => `${issue.path.join('.') || 'parameters'}: ${issue.message}`)
      .join('; ');
    throw new TaskFailure(`Wrong parameters for tool '${tool.id}': ${issues}`, {
      retryable: false,
    });
  }
  return parsed.data;
}

async function filesBehind(
  params: Record<string, unknown>,
  context: ToolContext,
): Promise<Awaited<ReturnType<ToolContext['artifacts']['files']>>> {
  const ids = Array.isArray(params.artifactIds) ? params.artifactIds : [];
  const sets = await Promise.all(
    ids
      .filter((id): id is string => typeof id === 'string')
      .map(id => context.artifacts.files(id)),
  );
  return sets.flat();
}

function asRecord(value: unknown): Record<string, unknown> {
  return redactDeep(
    typeof value === 'object' && value !== null ? { ...value } : { value },
  );
}

function toReadBack({ state, evidence, observedAt }: ReadBack): ReadBack {
  return { state, evidence: redact(evidence), observedAt };
}

function toApplied(effect: StoredEffect): AppliedEffect {
  return {
    key: effect.key,
    tool: effect.tool,
    status: effect.status === 'confirmed' ? 'confirmed' : 'unknown',
    result: effect.result ?? {},
    evidence: effect.readBack?.evidence ?? '',
  };
}
