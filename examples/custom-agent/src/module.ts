import {
  agenticAgentsExtensionPoint,
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { readRunbookOptions } from './readRunbookOptions';
import { runbookAgent } from './runbookAgent';
import { runbookTasks } from './runbookTasks';
import { RunbookFolder } from './tools/RunbookFolder';
import { createRunbookReadTool } from './tools/runbookReadTool';
import { createRunbookWriteTool } from './tools/runbookWriteTool';

/** Registers the runbook agent with its tools and tasks, or lists it as inactive where it is not configured. */
export const agenticModuleRunbook = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'runbook',
  register(reg) {
    reg.registerInit({
      deps: {
        agents: agenticAgentsExtensionPoint,
        config: coreServices.rootConfig,
        planning: agenticPlanningExtensionPoint,
        tools: agenticToolsExtensionPoint,
      },
      async init({ agents, config, planning, tools }) {
        const options = readRunbookOptions(config);
        if (!options) {
          agents.addInactiveAgent(
            runbookAgent,
            'agentic.runbook.folder is not configured',
          );
          return;
        }
        const folder = new RunbookFolder(options.folder);
        tools.addTool(
          createRunbookReadTool(folder),
          createRunbookWriteTool(folder),
        );
        agents.addAgent(runbookAgent);
        planning.addTaskSource(runbookTasks({ contact: options.contact }));
      },
    });
  },
});
