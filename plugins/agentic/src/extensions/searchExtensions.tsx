import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import AccountTree from '@mui/icons-material/AccountTree';

/** The type of the documents that `@agentic-backstage/plugin-search-backend-module-agentic` indexes. */
const TYPE = 'agentic-workflow';

/** A workflow among the results of a search. */
export const workflowSearchResult = SearchResultListItemBlueprint.make({
  name: 'workflow',
  params: {
    predicate: result => result.type === TYPE,
    icon: <AccountTree />,
    component: () =>
      import('../components/search/WorkflowResult').then(m => m.WorkflowResult),
  },
});

/** Workflows as one of the types that a search can be narrowed to. */
export const workflowSearchType = SearchFilterResultTypeBlueprint.make({
  name: 'workflow',
  params: {
    value: TYPE,
    name: 'Workflows',
    icon: <AccountTree />,
  },
});
