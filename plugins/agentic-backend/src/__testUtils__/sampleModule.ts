import {
  agenticAgentsExtensionPoint,
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
  type Planner,
} from '@agentic-backstage/plugin-agentic-node';
import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  createSampleAgents,
  createSamplePlanner,
  createWorldTool,
  DIAMOND,
  type SampleFaults,
  type SampleWorld,
} from './sampleWorld';

/** Brings the sample agents, tool and planner into a backend, by the door that everybody's modules use. */
export function sampleModule(
  world: SampleWorld,
  options: { planner?: Planner; faults?: SampleFaults } = {},
): BackendFeature {
  return createBackendModule({
    pluginId: 'agentic',
    moduleId: 'sample',
    register(reg) {
      reg.registerInit({
        deps: {
          agents: agenticAgentsExtensionPoint,
          planning: agenticPlanningExtensionPoint,
          tools: agenticToolsExtensionPoint,
        },
        async init({ agents, planning, tools }) {
          agents.addAgent(...createSampleAgents());
          tools.addTool(createWorldTool(world, options.faults));
          planning.setPlanner(options.planner ?? createSamplePlanner(DIAMOND));
        },
      });
    },
  });
}
