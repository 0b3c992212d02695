import { agenticAgentsExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { deploymentAgent } from './deploymentAgent';

/** Registers the deployment agent. */
export const agenticModuleDeployment = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'deployment',
  register(reg) {
    reg.registerInit({
      deps: { agents: agenticAgentsExtensionPoint },
      async init({ agents }) {
        agents.addAgent(deploymentAgent);
      },
    });
  },
});
