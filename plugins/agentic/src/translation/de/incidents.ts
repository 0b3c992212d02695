/** In German: the texts of incidents. */
export const incidents = {
  'incidents.step.comment.label': 'Kommentieren',
  'incidents.step.comment.title': 'Zum Verlauf hinzufügen',
  'incidents.step.comment.explanation':
    'Was gesehen, versucht oder gelernt wurde. Es lässt sich später nicht ändern.',
  'incidents.step.comment.confirm': 'Hinzufügen',
  'incidents.step.mitigate.label': 'Eingedämmt',
  'incidents.step.mitigate.title': 'Richtet es keinen Schaden mehr an?',
  'incidents.step.mitigate.explanation':
    'Sagen Sie, wie das erreicht wurde. Die Ursache kann noch da sein.',
  'incidents.step.mitigate.confirm': 'Als eingedämmt melden',
  'incidents.step.resolve.label': 'Beheben',
  'incidents.step.resolve.title': 'Diese Störung beenden?',
  'incidents.step.resolve.explanation':
    'Sagen Sie, was es war und was getan wurde. Geschieht dasselbe bald wieder, wird diese Störung wieder eröffnet.',
  'incidents.step.resolve.confirm': 'Beheben',
  'incidents.acknowledge': 'Annehmen',
  'incidents.takeLead': 'Leitung übernehmen',
  'incidents.responders': 'Helfende',
  'incidents.unresolved_one': '{{count}} Störung ist nicht behoben',
  'incidents.unresolved_other': '{{count}} Störungen sind nicht behoben',
  'incidents.takenByNobody':
    '{{incidents}}, {{open, number}} davon hat niemand angenommen',
  'incidents.filter.label': 'Störungen filtern',
  'incidents.filter.unresolved': 'Nicht behoben',
  'incidents.fact.effect': 'Wirkung',
  'incidents.fact.deployment': 'Deployment',
  'incidents.fact.dependency': 'Abhängigkeit',
  'incidents.fact.opened': 'Eröffnet',
  'incidents.fact.lastSeen': 'Zuletzt gesehen',
  'incidents.fact.ledBy': 'Geleitet von',
  'incidents.fact.helpedBy': 'Unterstützt von',
  'incidents.fact.told': 'Bisher benachrichtigt',
  'incidents.fact.nextTold': 'Die Nächsten werden benachrichtigt',
  'incidents.fact.resolution': 'Behebung',
  'incidents.seen': '{{time}}, {{times, number}}×',
  'incidents.seenReopened':
    '{{time}}, {{times, number}}×, {{reopened, number}}× wieder eröffnet',
  'incidents.sourceReopened':
    '{{source}}, {{reopened, number}}× wieder eröffnet',
  'incidents.known': 'Was bekannt ist',
  'incidents.toDo': 'Was zu tun ist',
  'incidents.happened': 'Was geschehen ist',
  'incidents.title': 'Störungen',
  'incidents.times': 'Male',
  'incidents.timeline': 'Verlauf',
  'incidents.entry': '{{kind}} von {{person}}, {{time}}',
  'incidents.loading': 'Die Störungen werden geladen',
  'incidents.noMatch': 'Keine Störung passt',
  'incidents.empty': 'Alles in Ordnung',
  'incidents.emptyHint':
    'Wenn etwas Menschen braucht, erscheint es hier von selbst, und die Ersten in der Reihe werden benachrichtigt.',
  'incidents.pages': 'Seiten der Störungen',
  'incidents.summary':
    '{{open, number}} offen, {{acknowledged, number}} angenommen, {{mitigated, number}} eingedämmt',
  'incidents.open.title': 'Eine Störung eröffnen',
  'incidents.open.what': 'Was nicht stimmt',
  'incidents.open.confirm': 'Eröffnen',
  'incidents.assign.title': 'Wer leitet und wer hilft',
  'incidents.assign.commander': 'Leitung',
  'incidents.assign.commanderHint':
    'Der eine Mensch, der leitet, als Entitätsverweis',
  'incidents.assign.respondersHint':
    'Personen und Gruppen als Entitätsverweis, je Zeile einer',
  'incidents.assign.save': 'Speichern',
} as const;
