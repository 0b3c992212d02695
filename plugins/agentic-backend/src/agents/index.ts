import type { Agent } from '@agentic-backstage/plugin-agentic-node';
import { codegenAgent } from './codegen/codegenAgent';
import { agenticModuleCodegen } from './codegen/module';
import { deploymentAgent } from './deployment/deploymentAgent';
import { agenticModuleDeployment } from './deployment/module';
import { agenticModuleObservability } from './observability/module';
import { observabilityAgent } from './observability/observabilityAgent';
import { agenticModulePlanner } from './planner/module';
import { agenticModulePolicy } from './policy/module';
import { policyAgent } from './policy/policyAgent';

/** The built-in agents, each a backend module like any agent of yours. This is the only file that knows them all. */
export const agentModules = [
  agenticModuleCodegen,
  agenticModuleDeployment,
  agenticModuleObservability,
  agenticModulePlanner,
  agenticModulePolicy,
];

/** The agents of these modules. They start in the lane they declare; every other agent starts `read_only`. */
export const builtInAgents: readonly Agent[] = [
  codegenAgent,
  deploymentAgent,
  observabilityAgent,
  policyAgent,
] as readonly Agent[];
