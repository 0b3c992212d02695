import { agenticAgentsExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { codegenAgent } from './codegenAgent';

/** Registers the code generation agent. */
export const agenticModuleCodegen = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'codegen',
  register(reg) {
    reg.registerInit({
      deps: { agents: agenticAgentsExtensionPoint },
      async init({ agents }) {
        agents.addAgent(codegenAgent);
      },
    });
  },
});
