/**
 * The same pages, entity tab and card for apps of the legacy frontend system (`@backstage/app-defaults`).
 *
 * @packageDocumentation
 */
export { agenticLegacyPlugin as agenticPlugin } from './legacy/agenticLegacyPlugin';
export {
  AgenticAgentsPage,
  AgenticApprovalsPage,
  AgenticAuditPage,
  AgenticIncidentsPage,
  AgenticNewWorkflowPage,
  AgenticOperationsPage,
  AgenticSecretsPage,
  AgenticWorkflowsPage,
} from './legacy/legacyPages';
export {
  EntityAgenticWorkflowCard,
  EntityAgenticWorkflowsContent,
} from './legacy/legacyEntityExtensions';
export {
  HomePageAgenticApprovals,
  HomePageAgenticMyWorkflows,
} from './legacy/legacyHomeWidgets';
export {
  AgenticWorkflowSearchResultListItem,
  agenticWorkflowSearchType,
} from './legacy/legacySearch';
export { AgenticSidebarItems } from './legacy/AgenticSidebarItems';
export { isMadeByWorkflow } from './isMadeByWorkflow';
export { agenticApiRef } from './api/AgenticApi';
export {
  agenticTranslationRef,
  type AgenticMessages,
} from './translation/agenticTranslationRef';
