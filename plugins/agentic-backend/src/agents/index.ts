import { agenticModuleCodegen } from './codegen/module';
import { agenticModuleDeployment } from './deployment/module';
import { agenticModuleObservability } from './observability/module';
import { agenticModulePlanner } from './planner/module';
import { agenticModulePolicy } from './policy/module';

/** The built-in agents, each a backend module like any agent of yours. This is the only file that knows them all. */
export const agentModules = [
  agenticModuleCodegen,
  agenticModuleDeployment,
  agenticModuleObservability,
  agenticModulePlanner,
  agenticModulePolicy,
];
