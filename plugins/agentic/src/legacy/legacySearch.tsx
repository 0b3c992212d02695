import { createSearchResultListItemExtension } from '@backstage/plugin-search-react';
import AccountTree from '@mui/icons-material/AccountTree';
import { WORKFLOW_SEARCH_TYPE } from '../components/search/workflowSearchType';
import { agenticLegacyPlugin } from './agenticLegacyPlugin';
import { framedForLegacyApp } from './LegacyFrame';

/** A workflow among the results of a search; stands within the results of the search page. */
export const AgenticWorkflowSearchResultListItem = agenticLegacyPlugin.provide(
  createSearchResultListItemExtension({
    name: 'AgenticWorkflowSearchResultListItem',
    component: () =>
      import('../components/search/WorkflowResult').then(m =>
        framedForLegacyApp(m.WorkflowResult),
      ),
    predicate: result => result.type === WORKFLOW_SEARCH_TYPE,
  }),
);

/** Workflows as one of the types that `SearchType.Accordion` or `SearchType.Tabs` narrows to. */
export const agenticWorkflowSearchType = {
  value: WORKFLOW_SEARCH_TYPE,
  name: 'Workflows',
  icon: <AccountTree />,
} as const;
