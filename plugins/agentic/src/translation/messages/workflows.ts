/** The texts of the list of workflows. */
export const workflows = {
  savedFilters: 'Saved filters',
  savedFilterHint: 'Show {{name}}; the Delete key forgets it',
  saveFilter: 'Save this filter',
  filterName: 'Name of the filter',
  save: 'Save',
  doNotSave: 'Do not save',
  view: {
    all: 'All',
    mine: 'Asked for by me',
    teams: 'Of my teams',
  },
  whose: 'Whose workflows',
  filterLabel: 'Filter workflows',
  created: 'Created',
  duration: 'Duration',
  fromTemplate: 'Create from a template',
  describe: 'Describe what you need',
  loading: 'Loading workflows',
  noMatch: 'No workflow matches',
  empty: 'No workflows yet',
  emptyHint:
    'Create a service from a template, or describe what you need in your own words.',
  pages: 'Pages of workflows',
  total_one: '{{count}} workflow',
  total_other: '{{count}} workflows',
} as const;
