import {
  formatDuration,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';

/** Writes a plan into the log of a dry run, one line for each task, risk and check. */
export function logPlan(plan: Plan, logger: Pick<LoggerService, 'info'>): void {
  const { estimatedCost: cost } = plan;
  logger.info(
    `Plan for ${plan.intent.serviceName}: ${
      plan.tasks.length
    } tasks, about ${formatDuration(plan.estimatedSeconds)}, ${
      cost.monthly === undefined
        ? 'monthly cost unknown'
        : `${cost.monthly} ${cost.currency} a month${
            cost.status === 'partial' ? ' as far as known' : ''
          }`
    }`,
  );
  for (const task of plan.tasks) {
    const after = task.dependsOn.length
      ? `, after ${task.dependsOn.join(', ')}`
      : '';
    logger.info(`${task.taskId} ${task.agent}: ${task.title}${after}`);
  }
  for (const check of plan.preChecks) {
    logger.info(`Check ${check.title}: ${check.result}. ${check.evidence}`);
  }
  for (const risk of plan.risks) {
    logger.info(
      `Risk (${risk.severity}) ${risk.title}. Mitigation: ${risk.mitigation}`,
    );
  }
}
