export {
  createWorkflowEngine,
  type WorkflowEngineOptions,
} from './createWorkflowEngine';
export { InProcessWorkflowEngine } from './InProcessWorkflowEngine';
