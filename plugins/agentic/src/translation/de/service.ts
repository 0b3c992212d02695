/** In German: the texts of the pages of a service in the catalog, and its deployments. */
export const service = {
  'service.stopping': '{{service}} wird gestoppt',
  'service.deploymentTitle': '{{service}} {{version}} in {{environment}}',
  'service.stop': 'Stoppen',
  'service.address': 'Adresse',
  'service.target': 'Ziel',
  'service.isolation': 'Abschottung',
  'service.started': 'Gestartet',
  'service.stopped': 'Gestoppt',
  'service.askStop': '{{service}} in {{environment}} stoppen?',
  'service.stopHint':
    'Der Dienst antwortet nicht mehr. Sein Repository und seine Nachweise bleiben.',
  'service.notDeployed': 'Bisher wurde nichts ausgerollt.',
  'service.notIsolated': 'nicht abgeschottet',
  'service.denied': 'Sie dürfen die Workflows dieses Dienstes nicht sehen.',
  'service.latest': 'Letzter Workflow',
  'service.open': 'Workflow öffnen',
  'service.deployment': 'Deployment',
  'service.empty': 'Keine Workflows',
  'service.emptyHint':
    'Kein Workflow, den Sie sehen dürfen, hat an diesem Dienst gearbeitet.',
  'service.tableLabel': 'Workflows von {{service}}',
} as const;
