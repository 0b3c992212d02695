/** The texts of secrets. */
export const secrets = {
  accessLog: 'Access log',
  unused: 'Nobody has used a secret yet.',
  secret: 'Secret',
  for: 'For',
  outcome: 'Outcome',
  withTool: '{{actor}} with {{tool}}',
  ofVersion: '{{action}} (version {{version, number}})',
  facts: 'Facts',
  version: 'Version',
  written: 'Written',
  nextDue: 'Next value due',
  due: 'Due',
  dueTitle: 'Due for a new value',
  nothingDue: 'Nothing is due.',
  dueHint:
    'The portal does not change these by itself: whoever runs the system behind a secret gives it a new value there and puts the value into the store.',
  all: 'All secrets',
  empty:
    'There are no secrets yet. The first is kept when a service gets a database.',
} as const;
