import type { AgentHealth } from '@agentic-backstage/plugin-agentic-common';
import type { Agent } from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';

/** The name the planner goes by among the agents: in plans, events and stops. */
export const PLANNER_ID = 'planner';

/** What an agent is and may do; what it has done and whether it may work now is added by others. */
export type AgentDescription = Omit<
  AgentHealth,
  'stopped' | 'effectiveLane' | 'invocations' | 'failures' | 'medianSeconds'
>;

/** The row of the capability table for an agent, from its declaration alone. */
export function describeAgent(
  agent: Agent,
  inactive: string | undefined,
): AgentDescription {
  return {
    id: agent.id,
    title: agent.title,
    description: agent.description,
    version: agent.version,
    status: inactive ? 'inactive' : 'active',
    reason: inactive,
    accepts: fieldsOf(agent.input),
    emits: [...agent.emits],
    permissions: [...(agent.permissions ?? [])],
    tools: [...agent.tools],
    lane: agent.lane,
  };
}

/**
 * The row of the planner, which has no tasks and no tools: it answers a draft, and the host keeps it.
 * The events are those the host publishes in its name.
 */
export function describePlanner(present: boolean): AgentDescription {
  return {
    id: PLANNER_ID,
    title: 'Planner',
    description: 'Turns a request into a plan, or says what stands in its way.',
    version: '1.0.0',
    status: present ? 'active' : 'inactive',
    reason: present
      ? undefined
      : 'No planner is registered; add the module of one to the backend',
    accepts: ['description?', 'template?', 'parameters?'],
    emits: [
      'workflow.created',
      'task.created',
      'planner.tasks.created',
      'approval.requested',
      'approval.decided',
      'workflow.completed',
    ],
    permissions: [],
    tools: [],
    lane: 'read_only',
  };
}

function fieldsOf(input: z.ZodType): string[] {
  const { properties, required } = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
  });
  const needed = new Set(required);
  return Object.keys(properties ?? {}).map(name =>
    needed.has(name) ? name : `${name}?`,
  );
}
