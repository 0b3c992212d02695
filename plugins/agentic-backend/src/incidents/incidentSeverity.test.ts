import type { IncidentSeverity } from '@agentic-backstage/plugin-agentic-common';
import type { IncidentFact } from './IncidentFact';
import { incidentSeverity } from './incidentSeverity';

type Row = [
  source: IncidentFact['source'],
  subject: string,
  elsewhere: IncidentSeverity,
  inProduction: IncidentSeverity,
];

describe('incidentSeverity', () => {
  it.each<Row>([
    ['record_broken', 'wf-1', 'critical', 'critical'],
    ['dependency', 'database', 'critical', 'critical'],
    ['dependency', 'engine', 'critical', 'critical'],
    ['dependency', 'evaluator:opa', 'high', 'high'],
    ['dependency', 'tool:git', 'medium', 'medium'],
    ['dependency', 'signals', 'medium', 'medium'],
    ['agents_stopped', 'all', 'high', 'high'],
    ['deployment', 'orders/staging', 'high', 'critical'],
    ['undo_failed', 'orders in staging/git.publish', 'high', 'critical'],
    ['effect_unknown', 'orders in staging/git.publish', 'medium', 'high'],
    ['loop', 'orders in staging/git.publish', 'medium', 'high'],
    ['dead_letter', 'event/workflow.completed', 'medium', 'medium'],
    ['dead_letter', 'notification', 'low', 'low'],
  ])('%s of %s is %s, in production %s', (source, subject, elsewhere, live) => {
    const fact = { source, subject, links: {} };
    expect(incidentSeverity(fact, false)).toBe(elsewhere);
    expect(incidentSeverity(fact, true)).toBe(live);
  });

  it('takes the stop of one agent for less than the stop of all', () => {
    expect(
      incidentSeverity(
        {
          source: 'agents_stopped',
          subject: 'maker',
          links: { agent: 'maker' },
        },
        true,
      ),
    ).toBe('medium');
  });
});
