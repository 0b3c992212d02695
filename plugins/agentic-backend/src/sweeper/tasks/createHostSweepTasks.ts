import type { SweepTask } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { incidentRows } from '../../incidents/incidentRows';
import type { WorkflowEngine } from '../../runtime/WorkflowEngine';
import { AGED_ROWS } from '../retention/agedRows';
import type { RetentionConfig } from '../retention/retentionConfig';
import { approvalsTask } from './approvalsTask';
import { artifactsTask } from './artifactsTask';
import { deleteInBatches } from './deleteInBatches';
import { rowsTask } from './rowsTask';
import { sweepsTask } from './sweepsTask';
import { workflowsTask } from './workflowsTask';

/** What the host itself has to clean: its rows, and what the engine keeps of ended runs. */
export function createHostSweepTasks(options: {
  knex: Knex;
  engine: WorkflowEngine;
  days: RetentionConfig;
}): SweepTask[] {
  const { knex, engine, days } = options;
  const count = async (query: Knex.QueryBuilder): Promise<number> => {
    const [row] = await query.count({ total: '*' });
    return Number(row.total);
  };
  return [
    ...AGED_ROWS.map(({ table, narrow, setting, ...task }) => {
      const found = (before: string) => narrow(knex(table), before, knex);
      return rowsTask({
        ...task,
        days: days[setting],
        count: before => count(found(before)),
        async remove(before) {
          await deleteInBatches(knex, table, () => found(before));
          return count(found(before));
        },
      });
    }),
    rowsTask({
      id: 'host.engine-runs',
      title: 'Ended runs of the engine',
      reason: 'They ended',
      days: days.engineDays,
      count: before => engine.countEndedBefore(new Date(before)),
      async remove(before) {
        await engine.deleteEndedBefore(new Date(before));
        return engine.countEndedBefore(new Date(before));
      },
    }),
    sweepsTask(knex, days.sweepDays),
    rowsTask({
      id: 'host.incidents',
      title: 'Resolved incidents',
      reason: 'They were resolved',
      days: days.incidentDays,
      ...incidentRows(knex),
    }),
    ...(days.workflowDays === undefined
      ? []
      : [workflowsTask(knex, days.workflowDays)]),
    approvalsTask(knex),
    artifactsTask(knex),
  ];
}
