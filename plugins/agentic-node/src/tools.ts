import type {
  BlastRadius,
  CostEstimate,
  DryRun,
  Lane,
  Problem,
  ReadBack,
} from '@agentic-backstage/plugin-agentic-common';
import type { z } from 'zod';
import type { ArtifactReader } from './artifacts';
import type { TaskLog } from './agents';
import type { DependencyPolicy } from './dependencies';
import type { AgenticRecords } from './records';
import type { SecretAccess, SecretLook } from './secrets';

/** What a tool is told about the call it serves. */
export interface ToolContext {
  readonly workflowId: string;
  readonly taskId: string;
  readonly serviceName: string;
  readonly environment: string;
  /** Entity ref of the person the work is done for. */
  readonly requestedBy: string;
  readonly artifacts: ArtifactReader;
  /** The host's tables of services and deployments, for tools that make or stop one. */
  readonly records: AgenticRecords;
  /** What there is to know of secrets without their values. */
  readonly secrets: SecretLook;
  readonly log: TaskLog;
  /** Aborts when the task times out or is cancelled. */
  readonly signal: AbortSignal;
}

/** The context of a call that may change the world. */
export interface ToolExecutionContext extends ToolContext {
  /** Secrets the tool and its agent have declared; for the time of this call only. */
  readonly secrets: SecretAccess;
  /** `<workflow>.<task>.<key>`: the same effect always carries the same key, however often it is tried. */
  readonly idempotencyKey: string;
  /** The record of this effect; a deployment keeps it so that stopping it is undoing it. */
  readonly effectId: string;
}

/**
 * What an independent look at the world found. A tool that can tell from the world alone what its
 * execution would have returned gives it as `result`, so that a crash between doing and recording
 * costs nothing.
 */
export interface ReadBackOutcome<R> extends ReadBack {
  readonly result?: R;
}

interface ToolBase<P, R> {
  /** `<area>.<verb>`, unique in the installation. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Shape of the parameters; the guard refuses a call that does not fit before anything else happens. */
  readonly schema: z.ZodType<P>;
  /** Shape of the result; a result that does not fit makes the call fail. */
  readonly result: z.ZodType<R>;
  /** What it makes is on the machine of the portal: refused in production, and when several replicas share the work. */
  readonly localOnly?: true;
  /** How the host treats what this tool leans on; see {@link DependencyPolicy} for what holds otherwise. */
  readonly dependency?: DependencyPolicy;
  /**
   * Secrets the tool needs, as patterns `<store>/<path>` (see `coversSecret`), for example
   * `portal/databases/{service}`. None, unless it is said here; the agent has to declare them too.
   */
  readonly secrets?: readonly string[];
}

/** A tool that only looks. It needs no approval and runs in any lane. */
export interface ReadOnlyTool<P = unknown, R = unknown> extends ToolBase<P, R> {
  readonly lane: 'read_only';
  read(params: P, context: ToolContext): Promise<R>;
}

/**
 * A tool that changes the world. Only the guard calls it, in this order:
 *
 * 1. `validate`: can these parameters work here? Problems name the field and the remedy.
 * 2. `dryRun`: what would change? Kept on record; must not change anything.
 * 3. `execute`: after verdict and approval. May be called again with the same idempotency key and
 *    then must not do the work twice.
 * 4. `readBack`: look at the world by another way than `execute` used. `unknown` when it cannot be told.
 * 5. `rollback`: when the workflow is undone. Answers what a look at the world found afterwards:
 *    `absent` means undone.
 */
export interface EffectTool<P = unknown, R = unknown> extends ToolBase<P, R> {
  readonly lane: 'execute';
  blastRadius(params: P): BlastRadius;
  validate(params: P, context: ToolContext): Promise<Problem[]>;
  dryRun(params: P, context: ToolContext): Promise<DryRun>;
  execute(params: P, context: ToolExecutionContext): Promise<R>;
  readBack(
    params: P,
    result: R | undefined,
    context: ToolExecutionContext,
  ): Promise<ReadBackOutcome<R>>;
  rollback(
    params: P,
    result: R | undefined,
    context: ToolExecutionContext,
  ): Promise<ReadBack>;
  /** One sentence for the approver: how this is undone. */
  rollbackStrategy(params: P): string;
  estimateCost(params: P): CostEstimate;
}

/** Any tool. */
export type Tool<P = unknown, R = unknown> =
  | ReadOnlyTool<P, R>
  | EffectTool<P, R>;

const TOOL_ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

function checkToolId(id: string): void {
  if (!TOOL_ID.test(id)) {
    throw new Error(
      `Tool id '${id}' is not of the form area.verb in lower case; rename the tool, for example 'git.publish'`,
    );
  }
}

/** Declares a tool that only looks. Throws when the id is malformed. */
export function createReadOnlyTool<P, R>(
  tool: Omit<ReadOnlyTool<P, R>, 'lane'>,
): ReadOnlyTool<P, R> {
  checkToolId(tool.id);
  return Object.freeze({ ...tool, lane: 'read_only' as const });
}

/** Declares a tool that changes the world. Throws when the id is malformed. */
export function createEffectTool<P, R>(
  tool: Omit<EffectTool<P, R>, 'lane'>,
): EffectTool<P, R> {
  checkToolId(tool.id);
  return Object.freeze({ ...tool, lane: 'execute' as const });
}

/** The lane a caller must hold to have this tool act. */
export function laneOfTool(tool: Tool): Lane {
  return tool.lane;
}
