/** In German: the texts of secrets. */
export const secrets = {
  'secrets.accessLog': 'Zugriffsprotokoll',
  'secrets.unused': 'Noch hat niemand ein Geheimnis benutzt.',
  'secrets.secret': 'Geheimnis',
  'secrets.for': 'Für',
  'secrets.outcome': 'Ergebnis',
  'secrets.withTool': '{{actor}} mit {{tool}}',
  'secrets.ofVersion': '{{action}} (Version {{version, number}})',
  'secrets.facts': 'Angaben',
  'secrets.version': 'Version',
  'secrets.written': 'Geschrieben',
  'secrets.nextDue': 'Nächster Wert fällig',
  'secrets.due': 'Fällig',
  'secrets.dueTitle': 'Ein neuer Wert ist fällig',
  'secrets.nothingDue': 'Nichts ist fällig.',
  'secrets.dueHint':
    'Das Portal ändert diese nicht selbst: Wer das System hinter einem Geheimnis betreibt, gibt ihm dort einen neuen Wert und legt den Wert in den Speicher.',
  'secrets.all': 'Alle Geheimnisse',
  'secrets.empty':
    'Es gibt noch keine Geheimnisse. Das erste wird verwahrt, wenn ein Dienst eine Datenbank bekommt.',
} as const;
