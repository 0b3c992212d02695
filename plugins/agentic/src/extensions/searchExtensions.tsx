import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import AccountTree from '@mui/icons-material/AccountTree';
import { WORKFLOW_SEARCH_TYPE } from '../components/search/workflowSearchType';

/** A workflow among the results of a search. */
export const workflowSearchResult = SearchResultListItemBlueprint.make({
  name: 'workflow',
  params: {
    predicate: result => result.type === WORKFLOW_SEARCH_TYPE,
    icon: <AccountTree />,
    component: () =>
      import('../components/search/WorkflowResult').then(m => m.WorkflowResult),
  },
});

/** Workflows as one of the types that a search can be narrowed to. */
export const workflowSearchType = SearchFilterResultTypeBlueprint.make({
  name: 'workflow',
  params: {
    value: WORKFLOW_SEARCH_TYPE,
    name: 'Workflows',
    icon: <AccountTree />,
  },
});
