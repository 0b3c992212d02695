import {
  TERMINAL_PHASES,
  type WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import type { SweepCandidate } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';

/** What must not be touched, and what is known at all. */
export interface Living {
  /** Workflows on record, with whether they still live. */
  readonly workflows: ReadonlyMap<string, boolean>;
  /** Services that are registered, claimed or running. */
  readonly services: ReadonlySet<string>;
  /** Deployments that should run, or may. */
  readonly deployments: ReadonlySet<string>;
}

/** A workflow as far as it matters here. */
export interface WorkflowState {
  readonly id: string;
  readonly phase: WorkflowPhase;
  readonly updatedAt: string;
  /** Something it did could not be undone: a person has to try again, and needs what is there. */
  readonly stuck: boolean;
}

const MAY_RUN = ['deploying', 'running', 'unknown'];

/** Whether a workflow still needs what it made: not at its end, or too short a time ago, or not undone. */
export function isLiving(workflow: WorkflowState, olderThan: Date): boolean {
  return (
    !TERMINAL_PHASES.includes(workflow.phase) ||
    workflow.stuck ||
    workflow.updatedAt > olderThan.toISOString()
  );
}

/** Says what living thing a candidate belongs to, or undefined when it may go. */
export function whyKept(
  candidate: Pick<SweepCandidate, 'belongsTo'>,
  living: Living,
  options: { ownerNeeded: boolean },
): string | undefined {
  const {
    workflows = [],
    services = [],
    deployments = [],
  } = candidate.belongsTo;
  if (
    options.ownerNeeded &&
    workflows.length + services.length + deployments.length === 0
  ) {
    return 'it does not say whose it is';
  }
  for (const id of workflows) {
    const lives = living.workflows.get(id);
    if (lives === undefined) {
      return `workflow ${id} is not on record here, so it may be another portal's`;
    }
    if (lives) {
      return `workflow ${id} is not at its end, ended a short while ago, or could not be undone`;
    }
  }
  const service = services.find(name => living.services.has(name));
  if (service !== undefined) {
    return `service ${service} is registered, claimed or running`;
  }
  const deployment = deployments.find(id => living.deployments.has(id));
  return deployment && `deployment ${deployment} should run`;
}

/** Reads what lives. */
export async function readLiving(knex: Knex, olderThan: Date): Promise<Living> {
  const stuck = new Set<string>(
    await knex('effects')
      .where('status', 'rollback_failed')
      .distinct()
      .pluck('workflow_id'),
  );
  const workflows: Array<{
    id: string;
    phase: WorkflowPhase;
    updated_at: string;
  }> = await knex('workflows').select('id', 'phase', 'updated_at');
  const deployments: Array<{ id: string; service_name: string }> = await knex(
    'deployments',
  )
    .whereIn('status', MAY_RUN)
    .select('id', 'service_name');
  const claimed: string[] = await knex('service_claims').pluck('service_name');
  const registered: string[] = await knex('services').pluck('service_name');
  return {
    workflows: new Map(
      workflows.map(row => [
        row.id,
        isLiving(
          {
            id: row.id,
            phase: row.phase,
            updatedAt: row.updated_at,
            stuck: stuck.has(row.id),
          },
          olderThan,
        ),
      ]),
    ),
    services: new Set([
      ...claimed,
      ...registered,
      ...deployments.map(row => row.service_name),
    ]),
    deployments: new Set(deployments.map(row => row.id)),
  };
}
