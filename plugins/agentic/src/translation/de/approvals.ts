/** In German: the texts of approvals where they are shown in full, and the statistics of decisions. */
export const approvals = {
  'approvals.void': 'Diese Freigabe ist ungültig: {{reason}}',
  'approvals.part.changed': 'Was sich seit der letzten Freigabe geändert hat',
  'approvals.part.happens': 'Was geschehen wird',
  'approvals.part.asked': 'Was beantragt ist',
  'approvals.part.change': 'Was sich ändern würde',
  'approvals.part.reach': 'Reichweite und Kosten',
  'approvals.part.undo': 'Wie es rückgängig gemacht wird',
  'approvals.part.checked': 'Wogegen es geprüft wurde',
  'approvals.part.signers': 'Wer es zulassen darf',
  'approvals.part.seen': 'Was danach gesehen wurde',
  'approvals.blastRadius': 'Reichweite',
  'approvals.destructive': 'Zerstörend',
  'approvals.monthlyCost': 'Kosten im Monat',
  'approvals.noWayBack': 'Es gibt keinen Weg zurück.',
  'approvals.noCritic': 'Der Kritiker hat es nicht geprüft.',
  'approvals.policies': 'Regeln',
  'approvals.noPolicy': 'keine trifft zu, also muss ein Mensch entscheiden',
  'approvals.plan': 'Plan',
  'approvals.planVersion': 'Version {{version, number}}, {{hash}}',
  'approvals.scope': 'Umfang',
  'approvals.expires': 'Läuft ab',
  'approvals.reminded': 'Erinnert',
  'approvals.escalated': 'Eskaliert',
  'approvals.none': 'Bisher brauchte nichts eine Freigabe.',
  'approvals.aboutEffects': 'zu den Wirkungen',
  'approvals.aboutOutput': 'zum Ergebnis von {{task}}',
  'approvals.criticFinding': '{{weight}}:',
  'approvals.criticRules':
    '{{total, number}} Regeln befragt; gilt bis {{time}}',
  'approvals.decide.denied':
    'Ihnen fehlt die Berechtigung, über Freigaben dieses Workflows zu entscheiden.',
  'approvals.decide.signAs': 'Unterschreiben als',
  'approvals.decide.anyRole': 'Meine Rolle',
  'approvals.decide.reason': 'Grund (nötig, um abzulehnen)',
  'approvals.decide.reasonMissing':
    'Sagen Sie, warum Sie ablehnen, damit klar ist, was zu ändern ist.',
  'approvals.decide.approve': 'Freigeben',
  'approvals.decide.reject': 'Ablehnen',
  'approvals.decide.approved': 'Freigegeben',
  'approvals.decide.rejected': 'Abgelehnt',
  'approvals.obstacle.approved':
    'Diese Freigabe ist erteilt; es kann nichts mehr entschieden werden.',
  'approvals.obstacle.rejected':
    'Diese Freigabe ist abgelehnt; es kann nichts mehr entschieden werden.',
  'approvals.obstacle.expired':
    'Diese Freigabe ist abgelaufen; es kann nichts mehr entschieden werden.',
  'approvals.obstacle.void':
    'Diese Freigabe ist ungültig; es kann nichts mehr entschieden werden.',
  'approvals.obstacle.timeOver':
    'Diese Freigabe ist abgelaufen. Wiederholen Sie die Aufgabe, um erneut zu fragen.',
  'approvals.obstacle.requester':
    'Sie haben diese Änderung beantragt; für {{environment}} muss jemand anderes sie freigeben.',
  'approvals.obstacle.signed':
    'Sie haben schon unterschrieben. Die andere Unterschrift muss von jemand anderem kommen.',
  'approvals.difference.same': 'Der Plan ist derselbe.',
  'approvals.difference.newTask': 'Neue Aufgabe',
  'approvals.difference.taskGone': 'Aufgabe entfallen',
  'approvals.difference.task': 'Aufgabe {{task}} {{title}}',
  'approvals.difference.newRisk': 'Neues Risiko',
  'approvals.difference.riskGone': 'Risiko entfallen',
  'approvals.difference.before': 'Die vorige Freigabe gilt nicht: {{reason}}',
  'approvals.difference.sameOperations': 'Die Vorgänge sind dieselben.',
  'approvals.difference.newOperation': 'Neuer Vorgang',
  'approvals.difference.operationGone': 'Vorgang entfallen',
  'approvals.dryRun.label': 'Was sich ändern würde',
  'approvals.dryRun.change': 'Änderung',
  'approvals.dryRun.detail': 'Einzelheit',
  'approvals.expiry.over': '{{time}} (vorbei)',
  'approvals.expiry.in': '{{time}} (in {{duration}})',
  'approvals.operationOutcome': 'Ergebnis von {{tool}}',
  'approvals.allTogether':
    'Alle {{total, number}} Vorgänge werden zusammen freigegeben oder keiner.',
  'approvals.notCarriedOut':
    'Es wurde noch nichts ausgeführt, also gibt es noch nichts anzusehen.',
  'approvals.readBack': '{{evidence}} ({{time}})',
  'approvals.chain.nobody':
    'niemand; fragen Sie die Verantwortlichen des Portals',
  'approvals.chain.missing': 'Fehlt',
  'approvals.chain.approved': 'Freigegeben',
  'approvals.chain.rejected': 'Abgelehnt',
  'approvals.chain.critic': 'der Kritiker',
  'approvals.chain.signed': '{{role}}: {{person}}, {{time}}',
  'approvals.chain.signedBecause':
    '{{role}}: {{person}}, {{time}} – „{{reason}}“',
  'approvals.chain.after': ': nach der {{role}}; {{holders}}',
  'approvals.chain.holders': ': {{holders}}',
  'approvals.chain.twoPeople':
    'Zwei Menschen müssen unterschreiben, wohin auch immer es geht: {{reasons}}',
  'approvals.roleInText.strategic': 'strategischen Freigabe',
  'approvals.roleInText.final': 'endgültigen Freigabe',
  'approvals.statistics.title':
    'Entscheidungen der letzten {{days, number}} Tage',
  'approvals.statistics.loading': 'Lädt, wie Entscheidungen zustande kamen',
  'approvals.statistics.none': 'In dieser Zeit hat niemand etwas entschieden.',
  'approvals.statistics.label': 'Statistik der Entscheidungen',
  'approvals.statistics.half': 'Hälfte entschieden in',
  'approvals.statistics.mostOf': '9 von 10 in',
  'approvals.statistics.lookedAt': 'Angesehen',
  'approvals.statistics.blind': 'Blinde Freigaben',
  'approvals.statistics.everybody': 'Alle',
  'approvals.statistics.rate':
    '{{percent, number}} % ({{blind, number}} von {{approved, number}})',
  'approvals.statistics.blindHint':
    'Blind: freigegeben, ohne die Einzelheiten auf dem Bildschirm gehabt zu haben, oder weniger als {{seconds, number}} s nach dem ersten Blick.',
  'approvals.statistics.overdue_one':
    '{{count}} offene Freigabe wartet länger als vorgesehen.',
  'approvals.statistics.overdue_other':
    '{{count}} offene Freigaben warten länger als vorgesehen.',
  'approvals.findings': 'Befunde',
  'approvals.inFile': 'in {{file}}',
  'approvals.inFileLine': 'in {{file}}:{{line}}',
  'approvals.judgedBy': 'Beurteilt von {{evaluators}}',
} as const;
