import type { ExtensionPoint } from '@backstage/backend-plugin-api';
import type { Agent } from '../agents';
import {
  agenticAgentsExtensionPoint,
  agenticPlanningExtensionPoint,
  agenticPoliciesExtensionPoint,
  agenticToolsExtensionPoint,
  type AgenticAgentsExtensionPoint,
  type AgenticPlanningExtensionPoint,
  type AgenticPoliciesExtensionPoint,
  type AgenticToolsExtensionPoint,
} from '../extensions';
import type { Planner, RuntimeProbe, TaskSource } from '../planning';
import type { PolicyEvaluator } from '../policies';
import type { SweepTask } from '../sweeper';
import type { Tool } from '../tools';

/** What modules have registered, by kind, in their order. */
export interface RegisteredParts {
  readonly agents: Agent[];
  readonly inactiveAgents: Array<{ agent: Agent; reason: string }>;
  readonly tools: Tool[];
  readonly launchTasks: Array<{
    id: string;
    run: Parameters<AgenticToolsExtensionPoint['addLaunchTask']>[1];
    secrets: readonly string[];
  }>;
  readonly sweepTasks: SweepTask[];
  readonly evaluators: PolicyEvaluator[];
  readonly planners: Planner[];
  readonly probes: RuntimeProbe[];
  readonly taskSources: TaskSource[];
}

/** The extension points of agents, tools, policies and planning, as `startTestBackend` takes them. */
export interface RecordingExtensionPoints extends RegisteredParts {
  readonly extensionPoints: [
    [ExtensionPoint<AgenticAgentsExtensionPoint>, AgenticAgentsExtensionPoint],
    [ExtensionPoint<AgenticToolsExtensionPoint>, AgenticToolsExtensionPoint],
    [
      ExtensionPoint<AgenticPoliciesExtensionPoint>,
      AgenticPoliciesExtensionPoint,
    ],
    [
      ExtensionPoint<AgenticPlanningExtensionPoint>,
      AgenticPlanningExtensionPoint,
    ],
  ];
}

/**
 * The doors of the host without the host: start modules with
 * `startTestBackend({ extensionPoints, features })` and look at what they registered.
 */
export function recordingExtensionPoints(): RecordingExtensionPoints {
  const parts: RegisteredParts = {
    agents: [],
    inactiveAgents: [],
    tools: [],
    launchTasks: [],
    sweepTasks: [],
    evaluators: [],
    planners: [],
    probes: [],
    taskSources: [],
  };
  return {
    ...parts,
    extensionPoints: [
      [
        agenticAgentsExtensionPoint,
        {
          addAgent: (...agents) => void parts.agents.push(...agents),
          addInactiveAgent: (agent, reason) =>
            void parts.inactiveAgents.push({ agent, reason }),
        },
      ],
      [
        agenticToolsExtensionPoint,
        {
          addTool: (...tools) => void parts.tools.push(...tools),
          addLaunchTask: (id, run, options) =>
            void parts.launchTasks.push({
              id,
              run,
              secrets: options?.secrets ?? [],
            }),
          addSweepTask: (...tasks) => void parts.sweepTasks.push(...tasks),
        },
      ],
      [
        agenticPoliciesExtensionPoint,
        {
          addEvaluator: (...evaluators) =>
            void parts.evaluators.push(...evaluators),
        },
      ],
      [
        agenticPlanningExtensionPoint,
        {
          setPlanner: planner => void parts.planners.push(planner),
          addRuntimeProbe: (...probes) => void parts.probes.push(...probes),
          addTaskSource: (...sources) =>
            void parts.taskSources.push(...sources),
        },
      ],
    ],
  };
}
