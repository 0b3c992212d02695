import type { DeploymentRecord } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { fromJson } from '../../database/rows';
import type { TaskRow, WorkflowRow } from '../../database/tables';
import type { IncidentFact } from '../IncidentFact';
import { uncounted } from './uncounted';

/** The agent that looks at what was deployed; when its task fails, what was seen to run is not healthy. */
const LOOKS_AFTER = 'observability';

interface Options {
  readonly since: string;
  readonly limit: number;
}

/** Versions that had been seen to run and were found not to be healthy, that have not been counted. */
export async function findUnhealthyDeployments(
  knex: Knex,
  options: Options,
): Promise<IncidentFact[]> {
  const [gone, sick] = await Promise.all([
    findGone(knex, options),
    findSick(knex, options),
  ]);
  return [...gone, ...sick];
}

/** Those that are on record as failed although the effect that started them was confirmed. */
async function findGone(
  knex: Knex,
  { since, limit }: Options,
): Promise<IncidentFact[]> {
  const query = knex('deployments')
    .where('status', 'failed')
    .orderBy('started_at', 'desc')
    .limit(limit);
  uncounted(query, knex, 'deployment', 'deployments.id');
  const rows: Array<{ body: string }> = await query;
  const records = rows
    .map(({ body }) => fromJson<DeploymentRecord>(body))
    .filter(({ stoppedAt }) => (stoppedAt ?? '') >= since);
  const seen = await knex('effects')
    .whereIn(
      'effect_id',
      records.map(({ effectId }) => effectId),
    )
    .where('status', 'confirmed')
    .select('effect_id');
  const confirmed = new Set(seen.map(({ effect_id: id }) => id));
  return records
    .filter(({ effectId }) => confirmed.has(effectId))
    .map(record => ({
      ...about(record.serviceName, record.environment),
      factId: `deployment:${record.deploymentId}`,
      text: `Version ${record.version} was seen to run and does not any more${
        typeof record.handle.reason === 'string'
          ? `: ${record.handle.reason}`
          : ''
      }`,
      links: {
        workflowId: record.workflowId,
        deploymentId: record.deploymentId,
        effectId: record.effectId,
      },
    }));
}

/** Those at which the last look failed. */
async function findSick(
  knex: Knex,
  { since, limit }: Options,
): Promise<IncidentFact[]> {
  const query = knex('tasks')
    .join('workflows', 'workflows.id', 'tasks.workflow_id')
    .where('tasks.agent', LOOKS_AFTER)
    .where('tasks.status', 'failed')
    .where('tasks.completed_at', '>=', since)
    .orderBy('tasks.completed_at')
    .limit(limit)
    .select(
      'tasks.workflow_id',
      'tasks.task_id',
      'tasks.attempt',
      'tasks.error',
      'workflows.service_name',
      'workflows.environment',
    );
  uncounted(
    query,
    knex,
    'task',
    'tasks.workflow_id',
    'tasks.task_id',
    'tasks.attempt',
  );
  const rows: Array<
    Pick<TaskRow, 'workflow_id' | 'task_id' | 'attempt' | 'error'> &
      Pick<WorkflowRow, 'service_name' | 'environment'>
  > = await query;
  return rows.map(row => ({
    ...about(row.service_name, row.environment),
    factId: `task:${row.workflow_id}:${row.task_id}:${row.attempt}`,
    text: row.error ?? 'The look at it failed without a reason',
    links: { workflowId: row.workflow_id, taskId: row.task_id },
  }));
}

function about(serviceName: string, environment: string) {
  return {
    source: 'deployment' as const,
    subject: `${serviceName}/${environment}`,
    title: `${serviceName} in ${environment} is not healthy`,
    serviceName,
    environment,
  };
}
