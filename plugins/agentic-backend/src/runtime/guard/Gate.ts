import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import type {
  Agent,
  ProposedEffect,
  ToolContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { StoredEffect } from '../../database/EffectStore';
import { TaskFailure } from '../TaskFailure';
import { TaskHold } from '../TaskHold';

/** What a call is about to do: look, dry-run, change the world, or take a change back. */
export type GuardStage = 'read' | 'propose' | 'execute' | 'undo';

/** What the guard has to know of an agent. */
export type GuardedAgent = Pick<Agent, 'id' | 'lane' | 'tools' | 'secrets'>;

/** The context of a call before the guard has lent it the secrets it may use. */
export type CallContext = Omit<ToolContext, 'secrets'>;

/** The workflow a call belongs to, as it stands now. */
export interface GuardedWorkflow {
  readonly id: string;
  readonly environment: string;
  readonly requestedBy: string;
  readonly planHash: string;
}

/** Who calls, for which workflow. */
export interface Caller {
  readonly agent: GuardedAgent;
  readonly workflow: GuardedWorkflow;
  /** Which attempt at the task makes the call. */
  readonly attempt: number;
  readonly context: CallContext;
}

/** Who asked for a workflow, as the record has it. */
export interface RequesterOnRecord {
  readonly userEntityRef: string;
  /** The refs they came with, their groups among them. */
  readonly refs: readonly string[];
  /** Who is to own the service. */
  readonly owner: string;
}

/** One call of one tool, with everything that is on record about it, read once before the gates are asked. */
export interface GuardCall extends Caller {
  readonly stage: GuardStage;
  readonly toolId: string;
  /** What the agent wants done; only at stage `propose`. */
  readonly proposal?: ProposedEffect;
  /** The record of the dry run; there from stage `execute` on. */
  readonly effect?: StoredEffect;
  /** The approval the effect stands under; only at stage `execute`. */
  readonly approval?: Approval;
  /** All effects that stand under that approval; only at stage `execute`. */
  readonly covered?: readonly StoredEffect[];
  /** All effects of the same task; only at stage `execute`. */
  readonly ofTask?: readonly StoredEffect[];
  /** Only at stage `execute`; absent when the workflow is gone. */
  readonly requester?: RequesterOnRecord;
}

/**
 * One reason not to let a call pass. The guard asks the gates of the call's stage in the order of
 * its list and stops at the first that refuses. A gate changes nothing but its own counters.
 */
export interface Gate {
  /** Unique; named in the failure and in tests. */
  readonly id: string;
  readonly stages: readonly GuardStage[];
  /** `fail` (the default) ends the task; `hold` parks it until its workflow is woken, and loses nothing. */
  readonly outcome?: 'fail' | 'hold';
  /** The reason for refusing, in words for people, or undefined to let it pass. */
  refuse(call: GuardCall): Promise<string | undefined>;
}

/** Asks the gates in order. Throws `TaskFailure` or {@link TaskHold} with the reason of the first that refuses. */
export async function passGates(
  gates: readonly Gate[],
  call: GuardCall,
): Promise<void> {
  for (const gate of gates) {
    const reason = gate.stages.includes(call.stage)
      ? await gate.refuse(call)
      : undefined;
    if (reason === undefined) continue;
    if (gate.outcome === 'hold') {
      throw new TaskHold(reason, gate.id);
    }
    throw new TaskFailure(
      call.stage === 'execute'
        ? `'${call.toolId}' was not carried out: ${reason}`
        : reason,
      { retryable: false, gate: gate.id },
    );
  }
}
