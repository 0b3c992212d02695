/** The texts of the widgets of the home page. */
export const home = {
  nothingWaits: 'Nothing waits for your signature.',
  approvalsLabel: 'Approvals that wait for you',
  allOf: 'All {{total, number}}',
  nothingAsked: 'You have not asked for anything yet.',
  workflowsLabel: 'Your latest workflows',
  denied: 'You may not see this.',
} as const;
