import {
  askedChanges,
  TERMINAL_PHASES,
  type ChangeKind,
  type CreateWorkflowRequest,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { randomBytes } from 'node:crypto';
import type { NewChange } from '../changeRecord/ChangeRecord';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { effectsOfWorkflow } from '../database/EffectStore';
import type { StoredWorkflow, WorkflowStore } from '../database/WorkflowStore';
import { findPreview } from '../database/findPreview';
import { digestOf } from '../runtime/canonicalJson';
import { sealPlan } from '../runtime/planHash';
import { newWorkflow } from './newWorkflow';
import { PlanWasNotShown } from './PlanWasNotShown';
import type { Requester } from './Requester';
import type { RequestPlanner } from './RequestPlanner';
import type { RunStarter } from './RunStarter';
import { putBackToWork } from './retryWorkflow';

export type { Requester };

/** Accepts, pauses, resumes, cancels and retries workflows. */
export class WorkflowService {
  readonly #database: AgenticDatabase;
  readonly #store: WorkflowStore;
  readonly #planner: RequestPlanner;
  readonly #runs: RunStarter;

  constructor(options: {
    database: AgenticDatabase;
    store: WorkflowStore;
    planner: RequestPlanner;
    runs: RunStarter;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#planner = options.planner;
    this.#runs = options.runs;
  }

  /** Plans a request without keeping anything. Throws {@link RequestRefused} when it cannot be planned. */
  async preview(
    request: CreateWorkflowRequest,
    requester: Requester,
  ): Promise<Plan> {
    const draft = await this.#planner.plan(request, requester);
    const plan = sealPlan(draft, 1);
    await this.#checkWasShown(plan, request, requester);
    await this.#planner.checkNameIsFree(draft);
    return plan;
  }

  /**
   * Plans and accepts a request: after this the workflow is on record and will be carried out, also
   * when the process dies at once. The same idempotency key with the same request answers the same
   * workflow; with another request it is refused. Throws {@link PlanWasNotShown} when the plan is not
   * the one the person has seen.
   */
  async create(
    request: CreateWorkflowRequest,
    requester: Requester,
  ): Promise<{ stored: StoredWorkflow; created: boolean }> {
    const known = await this.#findSame(request, requester);
    const draft = await this.#planner.plan(request, requester);
    if (known) {
      checkSameIntent(known, draft);
      return { stored: known, created: false };
    }
    const plan = sealPlan(draft, 1);
    await this.#checkWasShown(plan, request, requester);
    const id = `wf-${randomBytes(6).toString('hex')}`;
    try {
      await this.#planner.checkNameIsFree(draft);
      await this.#store.insert({
        ...newWorkflow(id, request, requester, plan),
        lane: this.#planner.laneOf(draft),
      });
    } catch (error) {
      // The same request may have come twice at once: the other one has the key, or the name.
      const winner = await this.#findSame(request, requester);
      if (winner) {
        checkSameIntent(winner, draft);
        return { stored: winner, created: false };
      }
      throw error;
    }
    // Not waited for: the row is the truth, and an engine that is slow or away must not slow this down.
    this.#runs.start({ workflowId: id, generation: 1 });
    return { stored: (await this.#store.get(id))!, created: true };
  }

  /** Stops new work; what runs finishes its stage. */
  async pause(id: string, by: string, reason: string): Promise<void> {
    await this.#control(id, async tx => {
      refuseEnded(tx.workflow.phase, 'paused');
      if (tx.workflow.paused) {
        throw new ConflictError(
          `Workflow '${id}' is paused already; resume it to go on`,
        );
      }
      tx.update({ paused: true });
      tx.record(controlled('workflow.paused', id, by, { reason }));
      tx.events.add({
        type: 'workflow',
        message: `${by} asked to pause${because(reason)}`,
      });
    });
  }

  /** Goes on after a pause. */
  async resume(id: string, by: string, reason: string): Promise<void> {
    await this.#control(id, async tx => {
      if (!tx.workflow.paused) {
        throw new ConflictError(
          `Workflow '${id}' is not paused, so there is nothing to resume`,
        );
      }
      tx.update({ paused: false });
      tx.record(controlled('workflow.resumed', id, by, { reason }));
      tx.events.add({
        type: 'workflow',
        message: `${by} resumed it${because(reason)}`,
      });
    });
  }

  /** Ends the workflow and undoes what it did, last first. */
  async cancel(id: string, by: string, reason: string): Promise<void> {
    await this.#control(id, async tx => {
      refuseEnded(tx.workflow.phase, 'cancelled');
      if (tx.workflow.cancel_reason !== null) {
        throw new ConflictError(
          `Workflow '${id}' is being cancelled already; wait for it to end`,
        );
      }
      tx.update({
        cancel_reason: reason ? `${by}: ${reason}` : `Cancelled by ${by}`,
        cancelled_by: by,
        paused: false,
      });
      tx.record(controlled('workflow.cancelled', id, by, { reason }));
      tx.events.add({
        type: 'workflow',
        level: 'warn',
        message: `${by} cancelled it${because(reason)}`,
      });
    });
  }

  /**
   * Tries failed tasks again, and those that were undone with them; with `fromTask` also that task and
   * all that depends on it. Starts a new run of a workflow that had ended. Throws `ConflictError` when
   * there is nothing to retry.
   */
  async retry(
    id: string,
    by: string,
    options: { taskId?: string; fromTask?: string; reason: string },
  ): Promise<void> {
    const generation = await this.#database.withWorkflow(id, async tx =>
      putBackToWork(tx, (await this.#store.get(id, tx.trx))!, by, options),
    );
    await this.#runs.start({ workflowId: id, generation });
  }

  /** Wakes the run of a workflow after something outside it has changed. */
  async wake(id: string): Promise<void> {
    const row = await this.#store.row(id);
    if (row) {
      await this.#runs.signal({ workflowId: id, generation: row.generation });
    }
  }

  async #control(
    id: string,
    change: Parameters<AgenticDatabase['withWorkflow']>[1],
  ): Promise<void> {
    await this.#database.withWorkflow(id, change);
    await this.wake(id);
  }

  async #checkWasShown(
    plan: Plan,
    { expectedPlanHash }: CreateWorkflowRequest,
    { userEntityRef }: Requester,
  ): Promise<void> {
    if (expectedPlanHash === undefined || expectedPlanHash === plan.planHash) {
      return;
    }
    const shown = await findPreview(
      this.#database.knex,
      userEntityRef,
      expectedPlanHash,
    );
    throw new PlanWasNotShown(plan, shown && askedChanges(shown, plan));
  }

  async #findSame(
    request: CreateWorkflowRequest,
    requester: Requester,
  ): Promise<StoredWorkflow | undefined> {
    if (!request.idempotencyKey) {
      return undefined;
    }
    const row = await this.#store.findByIdempotencyKey(
      requester.userEntityRef,
      request.idempotencyKey,
    );
    return row && this.#store.get(row.id);
  }

  /** The workflow with everything, or `NotFoundError`. */
  async get(id: string): Promise<StoredWorkflow> {
    const stored = await this.#store.get(id);
    if (!stored) {
      throw new NotFoundError(
        `No workflow '${id.slice(
          0,
          80,
        )}'; check the id, or list the workflows you may see`,
      );
    }
    return stored;
  }

  /** Says whether anything a workflow did is still in the world. */
  async hasEffects(id: string): Promise<boolean> {
    const effects = await effectsOfWorkflow(this.#database.knex, id);
    return effects.some(effect => effect.status === 'confirmed');
  }
}

/** A key stands for one request: another request under it is a mistake of the client, not a repetition. */
function checkSameIntent(known: StoredWorkflow, draft: PlanDraft): void {
  if (digestOf(meaningOf(known.plan)) !== digestOf(meaningOf(draft))) {
    throw new ConflictError(
      `The idempotencyKey was used for another request, which became workflow '${known.row.id}'; send a new key with a new request`,
    );
  }
}

/** What was understood, without where in the words it stands. */
function meaningOf({ intent: { words, ...meaning } }: Pick<Plan, 'intent'>) {
  return meaning;
}

function controlled(
  kind: ChangeKind,
  workflowId: string,
  actor: string,
  payload: Record<string, unknown>,
): Omit<NewChange, 'chain'> {
  return { kind, actor, subject: `workflow:${workflowId}`, payload };
}

function because(reason: string): string {
  return reason ? `: ${reason}` : '';
}

function refuseEnded(
  phase: StoredWorkflow['row']['phase'],
  what: string,
): void {
  if (TERMINAL_PHASES.includes(phase)) {
    throw new ConflictError(
      `The workflow is ${phase} already and cannot be ${what}`,
    );
  }
}
