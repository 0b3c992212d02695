import { agenticAgentsExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { observabilityAgent } from './observabilityAgent';

/** Registers the observability agent. */
export const agenticModuleObservability = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'observability',
  register(reg) {
    reg.registerInit({
      deps: { agents: agenticAgentsExtensionPoint },
      async init({ agents }) {
        agents.addAgent(observabilityAgent);
      },
    });
  },
});
