import type { AuditorServiceEventSeverityLevel } from '@backstage/backend-plugin-api';

const SEVERITIES: ReadonlyArray<[RegExp, AuditorServiceEventSeverityLevel]> = [
  [/^(record\.broken|payload\.erased|agents\.|lane\.)/, 'critical'],
  [/(refused|failed|unknown)$/, 'high'],
  [/^(effect\.|approval\.(signed|granted|rejected)|secret\.)/, 'high'],
  [/^(deployment\.|workflow\.(cancelled|retried)|environment\.)/, 'high'],
  [
    /^(incident\.|request\.|approval\.|workflow\.|limit\.|audit\.|sweep\.)/,
    'medium',
  ],
];

/** How much an entry of this kind matters to the people who watch the auditor's log. */
export function severityOf(kind: string): AuditorServiceEventSeverityLevel {
  return SEVERITIES.find(([form]) => form.test(kind))?.[1] ?? 'low';
}
