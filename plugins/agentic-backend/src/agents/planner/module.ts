import { createBackendModule } from '@backstage/backend-plugin-api';
import { agenticPlanningExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import { createPlanner } from './createPlanner';

/** Gives the host the deterministic planner. It needs no service of the backend. */
export const agenticModulePlanner = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'planner',
  register(reg) {
    reg.registerInit({
      deps: { planning: agenticPlanningExtensionPoint },
      async init({ planning }) {
        planning.setPlanner(createPlanner());
      },
    });
  },
});
