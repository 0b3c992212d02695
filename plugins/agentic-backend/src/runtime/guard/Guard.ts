import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import type {
  AppliedEffect,
  EffectTool,
  ProposedEffect,
  ReadBackOutcome,
  SecretAccess,
  Tool,
  ToolContext,
  ToolExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { findApprovals } from '../../database/ApprovalStore';
import {
  effectById,
  effectsOfWorkflow,
  type NewEffect,
  type StoredEffect,
} from '../../database/EffectStore';
import { isoNow } from '../../database/rows';
import type { WorkflowRow } from '../../database/tables';
import type { Dependencies } from '../../resilience/Dependencies';
import { DependencyUnavailable } from '../../resilience/DependencyUnavailable';
import { throughDependency } from '../../resilience/throughDependency';
import { abortable } from '../abortable';
import { digestOf } from '../canonicalJson';
import type { PolicyDecisionPoint } from '../PolicyDecisionPoint';
import { redactDeep } from '../redact';
import type { Registry } from '../Registry';
import { TaskFailure } from '../TaskFailure';
import { TaskHold } from '../TaskHold';
import type { SecretLender } from '../../secrets/SecretLender';
import type { EffectLedger } from './EffectLedger';
import { filesBehind } from './filesBehind';
import {
  passGates,
  type CallContext,
  type Gate,
  type GuardCall,
  type GuardedAgent,
  type GuardedWorkflow,
} from './Gate';
import type { InFlight } from './InFlight';
import { parseParams } from './parseParams';
import { readBackPatiently } from './readBackPatiently';
import { refuseProblems } from './refuseProblems';
import { secretUse } from './secretUse';
import { toApplied } from './toApplied';

/** Who calls, for which workflow. */
interface Caller {
  readonly agent: GuardedAgent;
  readonly workflow: GuardedWorkflow;
  readonly context: CallContext;
}

/**
 * The one way to a tool. A call walks the gates of its stage in order (see `gates/createGates.ts`);
 * an effect is then executed with an idempotency key, read back, and recorded. Nothing else in the
 * product calls a tool.
 */
export class Guard {
  readonly #knex: Knex;
  readonly #registry: Registry;
  readonly #policy: PolicyDecisionPoint;
  readonly #ledger: EffectLedger;
  readonly #secrets: SecretLender;
  readonly #gates: readonly Gate[];
  readonly #dependencies: Dependencies;
  readonly #inFlight: InFlight;
  readonly #readBackPauseMs: number | undefined;

  constructor(options: {
    knex: Knex;
    registry: Registry;
    policy: PolicyDecisionPoint;
    ledger: EffectLedger;
    secrets: SecretLender;
    gates: readonly Gate[];
    dependencies: Dependencies;
    inFlight: InFlight;
    /** For tests; by default a second lies between two looks. */
    readBackPauseMs?: number;
  }) {
    this.#knex = options.knex;
    this.#registry = options.registry;
    this.#policy = options.policy;
    this.#ledger = options.ledger;
    this.#secrets = options.secrets;
    this.#gates = options.gates;
    this.#dependencies = options.dependencies;
    this.#inFlight = options.inFlight;
    this.#readBackPauseMs = options.readBackPauseMs;
  }

  /** Calls a read-only tool for an agent. */
  async read(
    call: Caller & { toolId: string; params: Record<string, unknown> },
  ): Promise<Record<string, unknown>> {
    const { toolId, params, context } = call;
    await this.#pass({ ...call, stage: 'read' });
    const tool = this.#registry.tool(toolId);
    if (tool.lane !== 'read_only') {
      throw new Error(`Tool '${toolId}' passed the gates but does not read`);
    }
    context.signal.throwIfAborted();
    const parsed = parseParams(tool, params);
    const reached = throughDependency(tool, this.#dependencies.ofTool(tool));
    const answer = await this.#lendLook(call, tool, lent =>
      reached.read(parsed, lent),
    );
    return redactDeep(tool.result.parse(answer) as Record<string, unknown>);
  }

  /**
   * Checks, dry-runs and judges one proposed effect, changing nothing. Throws a final `TaskFailure`
   * when the parameters are wrong; a `deny` is answered, so that it can be put on record.
   */
  async propose(
    call: Caller & { proposal: ProposedEffect & { round: number } },
  ): Promise<NewEffect> {
    const { proposal, context } = call;
    await this.#pass({ ...call, toolId: proposal.tool, stage: 'propose' });
    const tool = this.#effectTool(proposal.tool);
    const params = parseParams(tool, proposal.params);
    const dryRun = await this.#lendLook(call, tool, async lent => {
      await refuseProblems(tool, params, lent);
      context.signal.throwIfAborted();
      return redactDeep(await tool.dryRun(params, lent));
    });
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
  paramsDigest({ tool, params }: ProposedEffect): string {
    return digestOf(parseParams(this.#effectTool(tool), params));
  }

  /**
   * Executes an approved effect once and reads it back. When it was executed before, answers the
   * record; when a crash left it open, looks at the world first.
   */
  async apply(call: Caller & { effectId: string }): Promise<AppliedEffect> {
    return this.#inFlight.run(call.effectId, call.context.signal, () =>
      this.#apply(call),
    );
  }

  async #apply(call: Caller & { effectId: string }): Promise<AppliedEffect> {
    const { context } = call;
    const stored = await this.#load(call.effectId);
    const effect = { ...stored, agent: call.agent.id };
    if (effect.status === 'confirmed') {
      return toApplied(effect);
    }
    await this.#pass({
      ...call,
      ...(await this.#onRecord(effect, call.workflow)),
      toolId: effect.tool,
      stage: 'execute',
      effect,
    });
    const tool = this.#effectTool(effect.tool);
    context.signal.throwIfAborted();
    return this.#secrets.lend(secretUse(call, tool, 'execute'), secrets =>
      this.#carryOut(tool, effect, executionOf(effect, context, secrets)),
    );
  }

  async #carryOut(
    tool: EffectTool,
    effect: StoredEffect,
    execution: ToolExecutionContext,
  ): Promise<AppliedEffect> {
    let result: unknown;
    let seen: ReadBackOutcome<unknown> | undefined;
    if (effect.status !== 'proposed') {
      execution.log.info(
        `Looking whether '${effect.tool}' was done before the interruption`,
      );
      seen = await tool.readBack(effect.params, effect.result, execution);
      result = seen.result ?? effect.result;
    }
    if (!seen || seen.state !== 'confirmed' || result === undefined) {
      result = await this.#execute(tool, effect, execution);
      seen = await readBackPatiently(
        tool,
        effect.params,
        result,
        execution,
        this.#readBackPauseMs,
      );
    }
    return toApplied(await this.#ledger.observed(effect, result, seen));
  }

  /**
   * Undoes an effect and looks whether it is gone. Answers what it found; `absent` means undone.
   * What was never begun needs no undoing. Throws only when it has to wait: a gate holds it, or what it
   * needs is away for now.
   */
  async undo(call: Caller & { effectId: string }): Promise<ReadBack> {
    const { context } = call;
    await this.#inFlight.ended(call.effectId, context.signal);
    const effect = await this.#load(call.effectId);
    if (effect.status === 'proposed') {
      return absent('It was never begun');
    }
    if (effect.status === 'rolled_back') {
      return effect.readBack ?? absent('It was undone before');
    }
    let seen: ReadBack;
    try {
      await this.#pass({
        ...call,
        toolId: effect.tool,
        stage: 'undo',
        effect,
      });
      const tool = this.#effectTool(effect.tool);
      const undoing = this.#dependencies
        .ofTool(tool)
        .change(
          () =>
            this.#secrets.lend(secretUse(call, tool, 'undo'), secrets =>
              tool.rollback(
                effect.params,
                effect.result,
                executionOf(effect, context, secrets),
              ),
            ),
          context.signal,
        );
      seen = await abortable(undoing, context.signal);
    } catch (error) {
      if (error instanceof TaskHold || error instanceof DependencyUnavailable) {
        throw error;
      }
      const text = error instanceof Error ? error.message : String(error);
      seen = {
        state: 'unknown',
        evidence: `Undoing failed: ${text}`,
        observedAt: isoNow(),
      };
    }
    return this.#ledger.undone(effect, seen);
  }

  async #execute(
    tool: EffectTool,
    effect: StoredEffect,
    execution: ToolExecutionContext,
  ): Promise<unknown> {
    const { signal } = execution;
    return this.#dependencies.ofTool(tool).change(async () => {
      await this.#ledger.begin(effect);
      let result: unknown;
      try {
        result = tool.result.parse(
          await tool.execute(effect.params, execution),
        );
      } catch (error) {
        // Who was told to stop half-way says nothing about the world: it is looked at before the next try.
        if (!signal.aborted) await this.#ledger.failed(effect, error);
        throw error;
      }
      await this.#ledger.answered(effect, result);
      return result;
    }, signal);
  }

  #lendLook<T>(
    call: Caller,
    tool: Tool,
    work: (context: ToolContext) => Promise<T>,
  ): Promise<T> {
    return this.#secrets.lendLook(secretUse(call, tool, 'look'), secrets =>
      work({ ...call.context, secrets }),
    );
  }

  async #pass(call: GuardCall): Promise<void> {
    try {
      await passGates(this.#gates, call);
    } catch (error) {
      // A hold is put on record once, where the task is parked.
      if (error instanceof TaskFailure && error.gate) {
        await this.#ledger.refused(call, error.gate, error.message);
      }
      throw error;
    }
  }

  /** What the gates judge by, as it stands at this moment: an agent may have worked for an hour. */
  async #onRecord(
    effect: StoredEffect,
    workflow: GuardedWorkflow,
  ): Promise<Pick<GuardCall, 'workflow' | 'approval' | 'covered'>> {
    const row = await this.#knex<WorkflowRow>('workflows')
      .where('id', workflow.id)
      .first('plan_hash');
    const now = { ...workflow, planHash: row?.plan_hash ?? '' };
    if (!effect.approvalId) return { workflow: now };
    const [approval] = await findApprovals(this.#knex, {
      id: effect.approvalId,
    });
    const all = await effectsOfWorkflow(this.#knex, effect.workflowId);
    return {
      workflow: now,
      approval,
      covered: all.filter(other => other.approvalId === effect.approvalId),
    };
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

  #effectTool(toolId: string): EffectTool {
    const tool = this.#registry.tool(toolId);
    if (tool.lane !== 'execute') {
      throw new Error(`Tool '${toolId}' passed the gates but only reads`);
    }
    return throughDependency(tool, this.#dependencies.ofTool(tool));
  }
}

function executionOf(
  effect: StoredEffect,
  context: CallContext,
  secrets: SecretAccess,
): ToolExecutionContext {
  const { effectId } = effect;
  return { ...context, secrets, idempotencyKey: effectId, effectId };
}

function absent(evidence: string): ReadBack {
  return { state: 'absent', evidence, observedAt: isoNow() };
}
