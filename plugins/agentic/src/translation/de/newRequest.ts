/** In German: the texts of the page on which a request is made. */
export const newRequest = {
  'newRequest.describe': 'Beschreiben Sie, was Sie brauchen',
  'newRequest.yourRequest': 'Ihr Antrag',
  'newRequest.example':
    'Create orders-api, a Node REST API with PostgreSQL, deploy to staging',
  'newRequest.hint':
    'Sagen Sie auf Englisch, was der Dienst tut, seine Sprache und Datenbank, und wo er laufen soll. Nichts beginnt, bevor Sie den Plan gesehen haben.',
  'newRequest.details': 'Einzelheiten (freiwillig; sie gehen den Worten vor)',
  'newRequest.changeReason': 'Grund der Änderung',
  'newRequest.changeReasonHint':
    'Warum sie jetzt geschieht, für alle, die sie freigeben.',
  'newRequest.showPlan': 'Plan anzeigen',
  'newRequest.showPlanAgain': 'Jetzt neu planen',
  'newRequest.fromTemplate': 'Oder aus einer Vorlage anlegen',
  'newRequest.whereItMayRun': 'Wo es laufen darf',
  'newRequest.plannerAsks': 'Der Planer fragt',
  'newRequest.planning': 'Es wird geplant; begonnen wird dadurch nichts.',
  'newRequest.planningAnew':
    'Es wird neu geplant. Der Plan unten passt noch nicht zu Ihrer Änderung.',
  'newRequest.doesNotFit':
    'Der Plan unten ist der letzte, der sich machen ließ. Er passt nicht zu dem, was jetzt dasteht, und kann deshalb nicht begonnen werden.',
  'newRequest.understoodHint':
    'Ändern Sie davon, was Sie wollen, hier oder in den Worten oben: Der Plan folgt, und Sie sehen, was sich dadurch ändert.',
  'newRequest.readWhere': 'Wo es gelesen wurde',
  'newRequest.changed': 'Was sich im Plan geändert hat',
  'newRequest.start': 'Beginnen',
  'newRequest.starting': 'Wird begonnen',
  'newRequest.startHint':
    'Was die Welt ändert, wartet trotzdem auf seine Freigabe.',
  'newRequest.otherPlan': 'Der Plan ist nicht mehr der, den Sie gesehen haben',
  'newRequest.origin.words': 'Aus Ihren Worten: „{{words}}“',
  'newRequest.origin.form': 'Von Ihnen ausgefüllt',
  'newRequest.origin.template': 'Aus der Vorlage',
  'newRequest.origin.default': 'Niemand hat es gesagt: die Voreinstellung',
  'newRequest.leftToPlanner': 'Dem Planer überlassen',
  'newRequest.notStated': 'Nicht angegeben',
  'newRequest.notForYou': '{{environment}} (nicht für Sie)',
  'newRequest.takeOut': '„{{words}}“ aus den Worten nehmen',
  'newRequest.signedAs': 'unterschrieben als {{roles, list}}',
  'newRequest.needsReason': 'braucht einen Grund der Änderung',
  'newRequest.environmentsFailed':
    'Die Umgebungen konnten nicht geladen werden: {{problem}} Ein Antrag wird trotzdem geprüft.',
  'newRequest.loadingEnvironments': 'Die Umgebungen werden geladen',
  'newRequest.noEnvironments': 'Es ist keine Umgebung eingerichtet.',
  'newRequest.mayChoose': 'Für Sie wählbar',
  'newRequest.mayNotChoose': 'Nicht für Sie',
  'newRequest.answer': 'Antworten',
  'newRequest.questions': 'Fragen des Planers',
  'newRequest.changeWords':
    'Ändern Sie die Worte Ihres Antrags, und zeigen Sie den Plan dann erneut an.',
  'newRequest.yourAnswer': 'Ihre Antwort',
} as const;
