import {
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { readGitOptions } from './gitOptions';
import { createGitProbe } from './gitProbe';
import { createGitPublishTool } from './gitPublishTool';
import { createGitReadTool } from './gitReadTool';
import {
  createArchiveSweepTask,
  createRepositoriesSweepTask,
} from './sweepRepositories';

/** Registers `git.publish`, `git.read` and the probe `git`. */
export const agenticModuleGit = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'tool-git',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        planning: agenticPlanningExtensionPoint,
        tools: agenticToolsExtensionPoint,
      },
      async init({ config, planning, tools }) {
        const options = readGitOptions(config);
        tools.addTool(
          createGitPublishTool(options),
          createGitReadTool(options),
        );
        tools.addSweepTask(
          createRepositoriesSweepTask(options),
          createArchiveSweepTask(options),
        );
        planning.addRuntimeProbe(createGitProbe(options));
      },
    });
  },
});
