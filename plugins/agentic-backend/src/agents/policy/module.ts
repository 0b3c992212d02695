import {
  agenticAgentsExtensionPoint,
  agenticPoliciesExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { fileFormatsEvaluator } from './fileFormatsEvaluator';
import { policyAgent } from './policyAgent';

/** Registers the policy agent and the evaluator of file formats. */
export const agenticModulePolicy = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'policy',
  register(reg) {
    reg.registerInit({
      deps: {
        agents: agenticAgentsExtensionPoint,
        policies: agenticPoliciesExtensionPoint,
      },
      async init({ agents, policies }) {
        agents.addAgent(policyAgent);
        policies.addEvaluator(fileFormatsEvaluator);
      },
    });
  },
});
