import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { closeApproval, findApprovals } from '../../database/ApprovalStore';
import { buildEvent, enqueueEvents } from '../../database/Outbox';
import { isoNow } from '../../database/rows';
import { MAX_SLEEP_MS } from '../sleep';
import { TaskFailure } from '../TaskFailure';
import type { TaskAdvance } from '../WorkflowEngine';
import { settleTask } from './settleTask';
import type { StageRunner, TaskStage } from './TaskStage';

/** The second stage: wait until people have decided, or the time to decide is over. */
export class ApprovalStage implements StageRunner {
  readonly #database: AgenticDatabase;

  constructor(options: { database: AgenticDatabase }) {
    this.#database = options.database;
  }

  async advance(stage: TaskStage): Promise<TaskAdvance> {
    const { stored, task } = stage;
    const [approval] = await findApprovals(this.#database.knex, {
      workflowId: stored.row.id,
      taskId: task.task_id,
    });
    if (!approval || approval.status === 'void') {
      await settleTask(this.#database, stage, async () => ({
        status: 'preparing',
      }));
      return { status: 'continue' };
    }
    switch (approval.status) {
      case 'approved':
        await settleTask(this.#database, stage, async () => ({
          status: 'running',
        }));
        return { status: 'continue' };
      case 'rejected': {
        const no = approval.decisions.find(
          decision => decision.decision === 'reject',
        );
        throw new TaskFailure(
          `${no?.decidedBy ?? 'An approver'} rejected it: ${
            no?.reason || 'no reason given'
          }`,
          { retryable: false, rejected: true },
        );
      }
      case 'expired':
        throw expired(approval);
      default:
        if (approval.expiresAt <= isoNow()) {
          await settleTask(this.#database, stage, async tx => {
            await closeApproval(tx.trx, approval.approvalId, 'expired');
            await enqueueEvents(tx.trx, [
              buildEvent({
                agent: 'planner',
                type: 'approval.decided',
                correlationId: stored.row.id,
                detail: {
                  approval_id: approval.approvalId,
                  workflow_id: stored.row.id,
                  decision: 'expired',
                },
              }),
            ]);
            return {};
          });
          throw expired(approval);
        }
        return {
          status: 'wait',
          wakeAfterMs: Math.min(
            MAX_SLEEP_MS,
            Math.max(1000, Date.parse(approval.expiresAt) - Date.now()),
          ),
        };
    }
  }
}

function expired(approval: Approval): TaskFailure {
  return new TaskFailure(
    `Nobody decided before ${approval.expiresAt}; retry the task to ask again`,
    { retryable: false },
  );
}
