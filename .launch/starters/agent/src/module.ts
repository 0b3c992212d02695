import {
  agenticAgentsExtensionPoint,
  agenticPlanningExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { starterIdAgent } from './starterIdAgent';
import { starterIdTasks } from './starterIdTasks';

/** Registers the agent `starter-id`, and gives it a task in every plan. */
export const agenticModuleStarterId = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'starter-id',
  register(reg) {
    reg.registerInit({
      deps: {
        agents: agenticAgentsExtensionPoint,
        planning: agenticPlanningExtensionPoint,
      },
      async init({ agents, planning }) {
        agents.addAgent(starterIdAgent);
        planning.addTaskSource(starterIdTasks);
      },
    });
  },
});
