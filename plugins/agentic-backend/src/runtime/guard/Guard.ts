import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import type {
  AppliedEffect,
  EffectTool,
  ProposedEffect,
  Tool,
  ToolContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import type { NewEffect } from '../../database/EffectStore';
import type { Dependencies } from '../../resilience/Dependencies';
import { throughDependency } from '../../resilience/throughDependency';
import type { SecretLender } from '../../secrets/SecretLender';
import { digestOf } from '../canonicalJson';
import type { PolicyDecisionPoint } from '../PolicyDecisionPoint';
import { redactDeep } from '../redact';
import type { Registry } from '../Registry';
import { CarryOut } from './CarryOut';
import type { EffectLedger } from './EffectLedger';
import { executionOf } from './executionOf';
import { filesBehind } from './filesBehind';
import type { Caller, Gate } from './Gate';
import { GateKeeper } from './GateKeeper';
import type { InFlight } from './InFlight';
import { neverProposed } from './neverProposed';
import { parseParams } from './parseParams';
import { placeOf } from './placeOf';
import { readOnRecord, type EffectOnRecord } from './readOnRecord';
import { refuseProblems } from './refuseProblems';
import { secretUse } from './secretUse';
import { toApplied } from './toApplied';
import { Undo } from './Undo';

/**
 * The one way to a tool. A call walks the gates of its stage in order (see `gates/createGates.ts`);
 * an effect is then executed with an idempotency key, read back, and recorded. Nothing else in the
 * product calls a tool.
 */
export class Guard {
  readonly #knex: Knex;
  readonly #registry: Registry;
  readonly #policy: PolicyDecisionPoint;
  readonly #secrets: SecretLender;
  readonly #gates: GateKeeper;
  readonly #dependencies: Dependencies;
  readonly #inFlight: InFlight;
  readonly #carryOut: CarryOut;
  readonly #undo: Undo;

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
    this.#secrets = options.secrets;
    this.#gates = new GateKeeper(options);
    this.#dependencies = options.dependencies;
    this.#inFlight = options.inFlight;
    this.#carryOut = new CarryOut(options);
    this.#undo = new Undo({
      ...options,
      gates: this.#gates,
      toolOf: id => this.#effectTool(id),
    });
  }

  /** Calls a read-only tool for an agent. */
  async read(
    call: Caller & { toolId: string; params: Record<string, unknown> },
  ): Promise<Record<string, unknown>> {
    const { toolId, params, context } = call;
    await this.#gates.pass({ ...call, stage: 'read' });
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
    await this.#gates.pass({
      ...call,
      toolId: proposal.tool,
      stage: 'propose',
    });
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
   * Executes the effect that a task has proposed under a key, once, and reads it back. When it was
   * executed before, answers the record; when a crash left it open, looks at the world first.
   */
  async apply(call: Caller & { key: string }): Promise<AppliedEffect> {
    const { key, context, workflow } = call;
    const { taskId, signal } = context;
    const place = placeOf({ workflowId: workflow.id, taskId, key });
    return this.#inFlight.run(place, signal, async () => {
      const found = await readOnRecord(this.#knex, { workflow, taskId, key });
      if (!found) throw neverProposed(call.agent.id, key);
      return this.#apply(call, found);
    });
  }

  async #apply(
    call: Caller,
    { effect: stored, ...onRecord }: EffectOnRecord,
  ): Promise<AppliedEffect> {
    const { context } = call;
    const effect = { ...stored, agent: call.agent.id };
    if (effect.status === 'confirmed') {
      return toApplied(effect);
    }
    await this.#gates.pass({
      ...call,
      ...onRecord,
      toolId: effect.tool,
      stage: 'execute',
      effect,
    });
    const tool = this.#effectTool(effect.tool);
    context.signal.throwIfAborted();
    return this.#secrets.lend(
      secretUse(call, tool, 'execute'),
      async secrets => {
        const execution = executionOf(effect, context, secrets);
        return toApplied(
          await this.#carryOut.carryOut(tool, effect, execution),
        );
      },
    );
  }

  /**
   * Undoes an effect and looks whether it is gone. Answers what it found; `absent` means undone.
   * What was never begun needs no undoing. Throws only when it has to wait: a gate holds it, or what it
   * needs is away for now.
   */
  async undo(call: Caller & { effectId: string }): Promise<ReadBack> {
    return this.#undo.undo(call);
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

  #effectTool(toolId: string): EffectTool {
    const tool = this.#registry.tool(toolId);
    if (tool.lane !== 'execute') {
      throw new Error(`Tool '${toolId}' passed the gates but only reads`);
    }
    return throughDependency(tool, this.#dependencies.ofTool(tool));
  }
}
