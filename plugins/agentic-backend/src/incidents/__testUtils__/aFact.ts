import type { IncidentFact } from '../IncidentFact';

/** Something that takes people. */
export function aFact(changes: Partial<IncidentFact> = {}): IncidentFact {
  return {
    factId: 'record:1',
    source: 'effect_unknown',
    subject: 'orders in staging/git.publish',
    title: 'Nobody knows',
    text: 'The read-back did not find it',
    serviceName: 'orders',
    environment: 'staging',
    links: { workflowId: 'wf-1', effectId: 'wf-1.t1.git' },
    ...changes,
  };
}
