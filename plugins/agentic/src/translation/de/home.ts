/** In German: the texts of the widgets of the home page. */
export const home = {
  'home.nothingWaits': 'Nichts wartet auf Ihre Unterschrift.',
  'home.approvalsLabel': 'Freigaben, die auf Sie warten',
  'home.allOf': 'Alle {{total, number}}',
  'home.nothingAsked': 'Sie haben noch nichts beantragt.',
  'home.workflowsLabel': 'Ihre letzten Workflows',
  'home.denied': 'Sie dürfen das nicht sehen.',
} as const;
