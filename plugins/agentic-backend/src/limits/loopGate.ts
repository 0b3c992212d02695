import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { enqueueNotifications } from '../database/Outbox';
import { digestOf } from '../runtime/canonicalJson';
import type { Gate, GuardCall } from '../runtime/guard/Gate';
import { parseParams } from '../runtime/guard/parseParams';
import type { Registry } from '../runtime/Registry';
import { detectLoop } from './detectLoop';
import { EffectTraces } from './EffectTraces';
import type { LimitsConfig } from './limitsConfig';
import { once } from './once';
import type { UsageLedger } from './UsageLedger';

/**
 * Refuses a call that would go round in circles and hands over to people: the task fails with the
 * reason, and those who asked for the work are told. A person's retry starts a fresh count.
 */
export function createLoopGate(options: {
  knex: Knex;
  registry: Registry;
  usage: UsageLedger;
  limits: LimitsConfig;
}): Gate {
  const { knex, registry, usage, limits } = options;
  const traces = new EffectTraces(knex);

  function digestOfCall(call: GuardCall): string {
    if (call.effect) return call.effect.paramsDigest;
    const { proposal } = call;
    return proposal
      ? digestOf(parseParams(registry.tool(proposal.tool), proposal.params))
      : '';
  }

  async function tellPeople(
    call: GuardCall,
    reason: string,
    seen: number,
  ): Promise<void> {
    const { workflowId, taskId, serviceName } = call.context;
    const account = await usage.accountOf(workflowId);
    const id = `loop:${workflowId}:${taskId}:${call.toolId}:${seen}`;
    await knex.transaction(async trx => {
      if (!(await once(trx, id))) return;
      await enqueueNotifications(trx, [
        {
          scope: `agentic:${id}`,
          recipients: [
            call.context.requestedBy,
            ...(account ? [account.team] : []),
            ...limits.alertRecipients,
          ],
          title: `${serviceName}: a person has to look`,
          description: `${reason}. Nothing more is tried until somebody retries the workflow.`,
          link: `/agentic/workflows/${workflowId}`,
          severity: 'high',
        },
      ]);
      await appendToRecord(trx, {
        chain: workflowId,
        kind: 'loop.stopped',
        actor: 'system',
        subject: `task:${taskId}`,
        payload: { tool: call.toolId, reason },
      });
    });
  }

  return {
    id: 'loops',
    stages: ['propose', 'execute'],
    async refuse(call) {
      const history = await traces.historyOf(call.context.serviceName);
      const loop = detectLoop(
        history,
        {
          tool: call.toolId,
          digest: digestOfCall(call),
          environment: call.context.environment,
        },
        { rules: limits.loops, now: new Date() },
      );
      if (!loop) return undefined;
      await tellPeople(call, loop.reason, history.length);
      return `${loop.reason}; a person has to look and retry the workflow`;
    },
  };
}
