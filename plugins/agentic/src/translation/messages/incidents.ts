/** The texts of incidents. */
export const incidents = {
  step: {
    comment: {
      label: 'Comment',
      title: 'Add to the timeline',
      explanation:
        'What was seen, tried or learnt. It cannot be changed later.',
      confirm: 'Add',
    },
    mitigate: {
      label: 'Mitigated',
      title: 'It does no more harm?',
      explanation:
        'Say how that was brought about. The cause may still be there.',
      confirm: 'Say it is mitigated',
    },
    resolve: {
      label: 'Resolve',
      title: 'End this incident?',
      explanation:
        'Say what it was and what was done. When the same thing happens soon, this incident is opened again.',
      confirm: 'Resolve',
    },
  },
  acknowledge: 'Acknowledge',
  takeLead: 'Take the lead',
  responders: 'Responders',
  unresolved_one: '{{count}} incident is not resolved',
  unresolved_other: '{{count}} incidents are not resolved',
  takenByNobody: '{{incidents}}, {{open, number}} of them taken by nobody',
  filter: {
    label: 'Filter incidents',
    unresolved: 'Not resolved',
  },
  fact: {
    effect: 'Effect',
    deployment: 'Deployment',
    dependency: 'Dependency',
    opened: 'Opened',
    lastSeen: 'Last seen',
    ledBy: 'Led by',
    helpedBy: 'Helped by',
    told: 'Told so far',
    nextTold: 'Next ones are told',
    resolution: 'Resolution',
  },
  seen: '{{time}}, {{times, number}}×',
  seenReopened:
    '{{time}}, {{times, number}}×, opened again {{reopened, number}}×',
  sourceReopened: '{{source}}, opened again {{reopened, number}}×',
  known: 'What is known',
  toDo: 'What to do',
  happened: 'What happened',
  title: 'Incidents',
  times: 'Times',
  timeline: 'Timeline',
  entry: '{{kind}} by {{person}}, {{time}}',
  loading: 'Loading incidents',
  noMatch: 'No incident matches',
  empty: 'Nothing is wrong',
  emptyHint:
    'When something takes people, it appears here by itself and the first in line is told.',
  pages: 'Pages of incidents',
  summary:
    '{{open, number}} open, {{acknowledged, number}} acknowledged, {{mitigated, number}} mitigated',
  open: {
    title: 'Open an incident',
    what: 'What is wrong',
    confirm: 'Open',
  },
  assign: {
    title: 'Who leads and who helps',
    commander: 'Commander',
    commanderHint: 'The one person who leads, by entity reference',
    respondersHint: 'Users and groups by entity reference, one a line',
    save: 'Save',
  },
} as const;
