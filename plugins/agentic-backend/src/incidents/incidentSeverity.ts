import type { IncidentSeverity } from '@agentic-backstage/plugin-agentic-common';
import type { IncidentFact } from './IncidentFact';

/** Without these nothing goes on at all. */
const FOUNDATIONS = ['database', 'engine'];

/** How bad a fact is: by what it is about, and whether it is about production. */
export function incidentSeverity(
  fact: Pick<IncidentFact, 'source' | 'subject' | 'links'>,
  isProduction: boolean,
): IncidentSeverity {
  switch (fact.source) {
    case 'record_broken':
      return 'critical';
    case 'dependency':
      if (FOUNDATIONS.includes(fact.subject)) return 'critical';
      // Without its evaluator no effect gets a verdict, and nothing is carried out.
      return fact.subject.startsWith('evaluator:') ? 'high' : 'medium';
    case 'agents_stopped':
      return fact.links.agent === undefined ? 'high' : 'medium';
    case 'deployment':
    case 'undo_failed':
      return isProduction ? 'critical' : 'high';
    case 'effect_unknown':
    case 'loop':
      return isProduction ? 'high' : 'medium';
    case 'dead_letter':
      return fact.subject.startsWith('notification') ? 'low' : 'medium';
    default:
      return 'medium';
  }
}
