import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import type { SweepTask } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import type { AgenticConfig } from '../../config';
import type { WorkflowEngine } from '../../runtime/WorkflowEngine';
import { approvalsTask } from './approvalsTask';
import { artifactsTask } from './artifactsTask';
import { rowsTask } from './rowsTask';

/** How long it is known what was tried and what each step used; the totals stay. */
const TRACE_DAYS = 90;

/** What the host itself has to clean: its rows, and what the engine keeps of ended runs. */
export function createHostSweepTasks(options: {
  knex: Knex;
  engine: WorkflowEngine;
  days: AgenticConfig['retention'];
}): SweepTask[] {
  const { knex, engine, days } = options;
  const table = (query: (before: string) => Knex.QueryBuilder) => {
    const count = async (before: string): Promise<number> => {
      const [row] = await query(before).count({ total: '*' });
      return Number(row.total);
    };
    return {
      count,
      async remove(before: string): Promise<number> {
        await query(before).delete();
        return count(before);
      },
    };
  };
  const ended = () =>
    knex('workflows')
      .whereIn('phase', [...TERMINAL_PHASES])
      .select('id');

  return [
    rowsTask({
      id: 'host.outbox',
      title: 'Delivered events',
      reason: 'They were delivered',
      days: days.outboxDays,
      ...table(before =>
        knex('outbox')
          .where('status', 'delivered')
          .where('delivered_at', '<', before),
      ),
    }),
    rowsTask({
      id: 'host.figures',
      title: 'Figures of agents',
      reason: 'They were taken',
      days: days.outboxDays,
      ...table(before => knex('agent_invocations').where('at', '<', before)),
    }),
    rowsTask({
      id: 'host.usage',
      title: 'Single uses of ended workflows',
      reason: 'They are in the totals, and were counted',
      days: TRACE_DAYS,
      ...table(before =>
        knex('usage_entries')
          .where('at', '<', before)
          .whereIn('workflow_id', ended()),
      ),
    }),
    rowsTask({
      id: 'host.traces',
      title: 'Traces of effects',
      reason: 'They were noted',
      days: TRACE_DAYS,
      ...table(before => knex('effect_traces').where('at', '<', before)),
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
    approvalsTask(knex),
    artifactsTask(knex),
  ];
}
