import type { Tool } from '@agentic-backstage/plugin-agentic-node';
import type { SecretUse } from '../../secrets/LentSecrets';
import type { CallContext, GuardedAgent } from './Gate';

/**
 * What a call may use of secrets: what both its tool and its agent have declared, for the service
 * and the environment it is about. Undoing asks the tool only: it has to be possible also when the
 * agent is gone.
 */
export function secretUse(
  { agent, context }: { agent: GuardedAgent; context: CallContext },
  tool: Pick<Tool, 'id' | 'secrets'>,
  purpose: 'look' | 'execute' | 'undo',
): SecretUse {
  const ofTool = { who: `Tool '${tool.id}'`, patterns: tool.secrets ?? [] };
  const ofAgent = {
    who: `Agent '${agent.id}'`,
    patterns: agent.secrets ?? [],
  };
  return {
    actor: `agent:${agent.id}`,
    tool: tool.id,
    workflowId: context.workflowId,
    taskId: context.taskId,
    requestedBy: context.requestedBy,
    names: {
      service: context.serviceName,
      environment: context.environment,
    },
    declared: purpose === 'undo' ? [ofTool] : [ofTool, ofAgent],
  };
}
