import {
  TERMINAL_PHASES,
  type UndoEffectResponse,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { releaseService } from '../database/WorkflowStore';
import type { Compensation } from '../runtime/Compensation';
import { readStuckEffects } from './stuckEffects';

/** Lets a person try again to undo what could not be undone when its workflow ended. */
export class UndoAgain {
  readonly #database: AgenticDatabase;
  readonly #compensation: Compensation;

  constructor(options: {
    database: AgenticDatabase;
    compensation: Compensation;
  }) {
    this.#database = options.database;
    this.#compensation = options.compensation;
  }

  /**
   * Tries once more and answers what a look at the world found. When nothing of the workflow is left,
   * its service name is free again. Throws `ConflictError` for an effect that is not stuck.
   */
  async undo(options: {
    workflowId: string;
    effectId: string;
    by: string;
    reason: string;
  }): Promise<UndoEffectResponse> {
    const { workflowId, effectId, by, reason } = options;
    await this.#database.withWorkflow(workflowId, async tx => {
      const known = await tx
        .trx('effects')
        .where({ effect_id: effectId, workflow_id: workflowId })
        .first('status');
      if (!known) {
        throw new NotFoundError(
          `Workflow '${workflowId}' has no effect '${effectId.slice(0, 160)}'`,
        );
      }
      if (!TERMINAL_PHASES.includes(tx.workflow.phase)) {
        throw new ConflictError(
          `Workflow '${workflowId}' is ${tx.workflow.phase}; wait until it is at its end, or cancel it`,
        );
      }
      const stuck = await readStuckEffects(tx.trx, workflowId);
      if (!stuck.some(each => each.effectId === effectId)) {
        throw new ConflictError(
          `This effect is ${known.status}, or a later round of it was done; only one whose undoing failed can be undone again`,
        );
      }
      tx.events.add({
        type: 'effect',
        message: `${by} tries again to undo it${reason ? `: ${reason}` : ''}`,
        data: { effectId },
      });
      await appendToRecord(tx.trx, {
        chain: workflowId,
        kind: 'effect.undo_retried',
        actor: by,
        subject: `effect:${effectId}`,
        payload: { reason },
      });
    });
    const { undone, evidence } = await this.#compensation.undo(
      workflowId,
      effectId,
      `, tried again by ${by}`,
    );
    if (undone) await this.#tidyUp(workflowId);
    return { effectId, undone, evidence };
  }

  async #tidyUp(workflowId: string): Promise<void> {
    await this.#database.withWorkflow(workflowId, async tx => {
      const left = await readStuckEffects(tx.trx, workflowId);
      const { phase } = tx.workflow;
      if (left.length > 0 || phase === 'completed') return;
      await releaseService(tx.trx, workflowId);
      if (phase === 'failed') tx.update({ phase: 'rolled_back' });
      tx.events.add({
        type: 'workflow',
        message: 'Nothing of it is left; the name of the service is free again',
      });
    });
  }
}
