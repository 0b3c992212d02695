import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { AgenticConfig } from '../config';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';

const DAY_MS = 24 * 3_600_000;

/** Deletes what is kept only for a time: ended runs in the engine, delivered outbox entries, old figures. */
export class Retention {
  constructor(
    private readonly options: {
      knex: Knex;
      engine: WorkflowEngine;
      days: AgenticConfig['retention'];
      logger: LoggerService;
    },
  ) {}

  async sweep(now: Date = new Date()): Promise<void> {
    const { knex, engine, days, logger } = this.options;
    const before = (count: number): Date =>
      new Date(now.getTime() - count * DAY_MS);
    const runs = await engine.deleteEndedBefore(before(days.engineDays));
    const entries = await knex('outbox')
      .where('status', 'delivered')
      .andWhere('delivered_at', '<', before(days.outboxDays).toISOString())
      .delete();
    const figures = await knex('agent_invocations')
      .where('at', '<', before(days.outboxDays).toISOString())
      .delete();
    logger.info(
      `Retention: ${runs} ended run(s), ${entries} delivered event(s) and ${figures} figure(s) deleted`,
    );
  }
}
