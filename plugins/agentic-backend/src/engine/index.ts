export {
  createWorkflowEngine,
  type WorkflowEngineOptions,
} from './createWorkflowEngine';
export { InProcessWorkflowEngine } from './InProcessWorkflowEngine';
export { readEngineConfig, type EngineConfig } from './engineConfig';
export { pluginConnection, pluginRole, pluginSchema } from './pluginConnection';
