/**
 * Pages, entity tabs and cards of the Agentic Framework for Backstage's new frontend system.
 *
 * @packageDocumentation
 */
export { agenticPlugin as default } from './plugin';
export { agenticApiRef } from './api/AgenticApi';
export type {
  AgenticApi,
  ApprovalAnswer,
  InboxQuery,
  RetryOptions,
  WorkflowControl,
  WorkflowQuery,
  WorkflowRequest,
} from './api/AgenticApi';
export { createAgenticClient } from './api/createAgenticClient';
export { AgenticRequestError } from './api/AgenticRequestError';
export type {
  AgenticRequestErrorOptions,
  FailureKind,
} from './api/AgenticRequestError';
export { useWorkflow } from './live/useWorkflow';
export type { LiveWorkflow } from './live/useWorkflow';
export type { Connection, FollowedWorkflow } from './live/WorkflowFollower';
export {
  agenticTranslationRef,
  type AgenticMessages,
} from './translation/agenticTranslationRef';
