import { agenticAgentsExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { docsReviewAgent } from './docsReviewAgent';

/** Registers the documentation review agent, by the same door as the built-in ones. */
export const agenticModuleDocsReview = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'docs-review',
  register(reg) {
    reg.registerInit({
      deps: { agents: agenticAgentsExtensionPoint },
      async init({ agents }) {
        agents.addAgent(docsReviewAgent);
      },
    });
  },
});
